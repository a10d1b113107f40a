package sqldb

import (
	"fmt"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// mapping is a mapping file that makes sense by itself; whether it fits the
// database is for plan to say.
type mapping struct {
	holder  string
	title   map[string]string
	dsn     string
	dsnAt   fault.Field // where to point when the dsn is refused
	entries []*entry    // in written order, names unique
	ends    *mapping    // for organisations that end; nil: it keeps nothing for them
}

// entry is what becomes of the rows of one table that lead to a person in one
// way. A table that has several ways has several entries.
type entry struct {
	name   string // the heading; the table's name when none was written
	table  string // as written
	action string

	column string // the column that leads to the person, or to the parent
	match  string // with a person column: the kind of the value in it
	parent *entry // with a link: the entry whose rows it leads to
	key    string // with a link: the column that it refers to; "" for the foreign key's

	blank        []string
	pseudonymise []string
	reassign     *reassign
	period       period
	basis        string
	basisText    map[string]string

	at nodes
}

// reassign says who takes over the value of a column.
type reassign struct {
	column    string
	successor bool   // the person's successor, else the literal
	match     string // which value of the successor; "" when the link finds it
	literal   string
	fallback  *string // used when there is no successor
}

// nodes are the places that refusals point at.
type nodes struct{ table, person, via, action, blank, pseudonymise, reassign *yamldoc.Node }

// writes lists the columns that the entry changes.
func (e *entry) writes() []string {
	all := append(append([]string(nil), e.blank...), e.pseudonymise...)
	if e.reassign != nil {
		all = append(all, e.reassign.column)
	}
	return all
}

func (e *entry) writesColumn(name string) bool {
	for _, c := range e.writes() {
		if strings.EqualFold(c, name) {
			return true
		}
	}
	return false
}

func (e *entry) deletes() bool { return e.action == holder.Delete }

func (e *entry) describe() holder.Described {
	return holder.Described{Name: e.name, Action: e.action, Period: e.period.String(), Basis: e.basis, BasisText: e.basisText}
}

// period is for how long something is kept.
type period struct{ years, months, days int }

// String gives the ISO 8601 duration; "" for no period.
func (p period) String() string {
	if p == (period{}) {
		return ""
	}
	var b strings.Builder
	b.WriteByte('P')
	for _, part := range []struct {
		n    int
		unit byte
	}{{p.years, 'Y'}, {p.months, 'M'}, {p.days, 'D'}} {
		if part.n > 0 {
			fmt.Fprintf(&b, "%d%c", part.n, part.unit)
		}
	}
	return b.String()
}

// until gives the last day, in UTC. Where a month has no such day, the days of
// the next month count on: never shorter than the law asks.
func (p period) until(at time.Time) string {
	if p == (period{}) {
		return ""
	}
	return at.UTC().AddDate(p.years, p.months, p.days).Format(time.DateOnly)
}
