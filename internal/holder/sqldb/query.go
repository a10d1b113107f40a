package sqldb

import (
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/holder"
)

// query is one statement as it is put together. Values only ever get into it as
// parameters.
type query struct {
	strings.Builder
	engine engine
	args   []any
}

func (q *query) bind(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// never is a condition that no row meets, in both databases' SQL.
const never = "1 = 0"

// rows gives the condition that the step's rows of a person meet. Qualifier
// names the step's table where the condition stands.
func (q *query) rows(s *step, who holder.Subject, qualifier string) string {
	col := qualifier + "." + quote(s.column.name)
	if s.parent != nil {
		up := s.parent.table.sql()
		return col + " IN (SELECT " + up + "." + quote(s.key.name) + " FROM " + up + " WHERE " + q.rows(s.parent, who, up) + ")"
	}
	var ways []string
	for _, v := range who.Key(s.match) {
		if c := q.equal(s, col, v); c != never {
			ways = append(ways, c)
		}
	}
	if len(ways) == 0 {
		return never
	}
	return "(" + strings.Join(ways, " OR ") + ")"
}

// equal compares the person column with one value; e-mail addresses are the
// same in any case.
func (q *query) equal(s *step, col, v string) string {
	if s.match == holder.ByEmail && s.column.kind == textual {
		return "lower(" + col + ") = lower(CAST(" + q.bind(v) + " AS text))"
	}
	n := len(q.args)
	c, no := q.engine.compare(col, s.column.kind, v, q.bind(v))
	if no {
		q.args = q.args[:n] // PostgreSQL wants every parameter used
		return never
	}
	return c
}

// not gives the condition that a row does not meet cond, be it because of NULL.
func not(cond string) string { return "CASE WHEN " + cond + " THEN 1 ELSE 0 END = 0" }

func (h *Holder) count(s *step, who holder.Subject) *query {
	q := &query{engine: h.engine}
	t := s.table.sql()
	q.WriteString("SELECT count(*) FROM " + t + " WHERE " + q.rows(s, who, t))
	return q
}

func (h *Holder) delete(s *step, who holder.Subject) *query {
	q := &query{engine: h.engine}
	t := s.table.sql()
	q.WriteString("DELETE FROM " + t + " WHERE " + q.rows(s, who, t))
	return q
}

// change writes the columns of a step whose rows stay. To is what the
// reassigned column gets, as SQL of the query's own parameters; nil without one.
func (h *Holder) change(s *step, who holder.Subject, to func(*query) string) *query {
	q := &query{engine: h.engine}
	var set []string
	for _, c := range s.blank {
		set = append(set, quote(c.name)+" = NULL")
	}
	for _, c := range s.pseudonymise {
		set = append(set, quote(c.name)+" = CAST("+q.bind(who.Pseudonym)+" AS text)")
	}
	if to != nil {
		set = append(set, quote(s.reassigned.name)+" = "+to(q))
	}
	t := s.table.sql()
	q.WriteString("UPDATE " + t + " SET " + strings.Join(set, ", ") + " WHERE " + q.rows(s, who, t))
	return q
}

// blocked looks for a row that refers over fk to a row which the step is about
// to delete, and does not go with it.
func (h *Holder) blocked(fk *foreignKey, s *step, who holder.Subject) *query {
	q := &query{engine: h.engine}
	t := s.table.sql()
	q.WriteString("SELECT 1 FROM " + fk.from.sql() + " AS referring WHERE ")
	if len(fk.columns) == 1 { // this form lets SQLite start from the few keys
		q.WriteString("referring." + quote(fk.columns[0].name) + " IN (SELECT " + t + "." + quote(fk.keys[0].name) + " FROM " + t + " WHERE " + q.rows(s, who, t) + ")")
	} else {
		q.WriteString("EXISTS (SELECT 1 FROM " + t + " WHERE ")
		for i := range fk.columns {
			q.WriteString(t + "." + quote(fk.keys[i].name) + " = referring." + quote(fk.columns[i].name) + " AND ")
		}
		q.WriteString(q.rows(s, who, t) + ")")
	}
	if fk.from == s.table {
		q.WriteString(" AND " + not(q.rows(s, who, "referring")))
	}
	q.WriteString(" LIMIT 1")
	return q
}

// successorKey finds what a link to the successor's own row holds.
func (h *Holder) successorKey(s *step, successor holder.Subject) *query {
	q := &query{engine: h.engine}
	up := s.parent.table.sql()
	q.WriteString("SELECT " + up + "." + quote(s.key.name) + " FROM " + up + " WHERE " + q.rows(s.parent, successor, up) + " LIMIT 1")
	return q
}

// mentions counts rows that hold a value of the person in a column which the
// mapping calls personal, by whatever way the row got there. User names are
// left out: another person's column may well hold the same word.
func (h *Holder) mentions(t *table, c *column, who holder.Subject) *query {
	q := &query{engine: h.engine}
	var ways []string
	for _, kind := range []string{holder.ByAccount, holder.ByEmail, holder.ByMobile, holder.ByOrganisation} {
		for _, v := range who.Key(kind) {
			ways = append(ways, "lower(CAST("+q.bind(v)+" AS text))")
		}
	}
	q.WriteString("SELECT count(*) FROM " + t.sql() + " WHERE lower(" + quote(c.name) + ") IN (" + strings.Join(ways, ", ") + ")")
	return q
}
