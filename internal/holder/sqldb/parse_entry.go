package sqldb

import (
	"maps"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// fieldsOf says which fields an action takes beside those of every entry; of
// the needed ones every one must be there.
var fieldsOf = map[string]struct{ needed, optional []string }{
	holder.Delete:       {},
	holder.Blank:        {needed: []string{"blank"}},
	holder.Pseudonymise: {needed: []string{"pseudonymise"}, optional: []string{"blank"}},
	holder.Reassign:     {needed: []string{"reassign"}, optional: []string{"blank", "pseudonymise"}},
	holder.Keep:         {needed: []string{"until", "basis"}, optional: []string{"blank", "pseudonymise"}},
}

var actions = []string{holder.Delete, holder.Blank, holder.Pseudonymise, holder.Reassign, holder.Keep}

// entry reads one item of tables; nil when it is too wrong to go on with.
func (r *reader) entry(n *yamldoc.Node, bases map[string]map[string]string) *entry {
	takes, known := fieldsOf[n.Find("action").Text()]
	if !known { // refused below; meanwhile every field may be meant
		takes.optional = []string{"blank", "pseudonymise", "reassign", "until", "basis"}
	}
	needed := append([]string{"table", "action"}, takes.needed...)
	subject := "person"
	if r.ends {
		subject = "organisation"
	}
	if !r.fields(n, "tables", needed, append([]string{"name", subject, "via"}, takes.optional...)) {
		return nil
	}
	e := &entry{
		table: r.text(n, "table"), name: r.text(n, "name"), action: r.among(n, "action", actions...),
		blank: r.columns(n, "blank"), pseudonymise: r.columns(n, "pseudonymise"),
		at: nodes{table: node(n, "table"), action: node(n, "action"), blank: node(n, "blank"),
			pseudonymise: node(n, "pseudonymise"), reassign: node(n, "reassign")},
	}
	if e.name == "" {
		e.name = e.table
	}
	r.way(n, e)
	if f, ok := n.Field("reassign"); ok {
		e.reassign = r.reassign(f.Value, e)
	}
	if f, ok := n.Field("until"); ok {
		e.period = r.period(f.Value)
	}
	if f, ok := n.Field("basis"); ok {
		e.basis = r.word(f.Value, "basis")
		if e.basisText, known = bases[e.basis]; !known && e.basis != "" {
			r.refuse(f.Value, "holder_basis_unknown", "basis", e.basis, "known", strings.Join(slices.Sorted(maps.Keys(bases)), ", "))
		}
	}
	r.written(e)
	return e
}

// way reads how the rows lead to a person.
func (r *reader) way(n *yamldoc.Node, e *entry) {
	person, direct := n.Field("person")
	whole, ends := n.Field("organisation")
	via, linked := n.Field("via")
	switch {
	case r.ends && ends == linked:
		r.refuse(n, "holder_way_organisation", "table", e.name)
	case r.ends && ends:
		e.at.person = whole.Value
		if r.fields(whole.Value, "organisation", []string{"column"}, nil) {
			e.column, e.match = r.text(whole.Value, "column"), holder.ByOrganisation
		}
	case !r.ends && direct == linked:
		r.refuse(n, "holder_way", "table", e.name)
	case direct:
		e.at.person = person.Value
		if r.fields(person.Value, "person", []string{"column", "match"}, nil) {
			e.column, e.match = r.text(person.Value, "column"), r.among(person.Value, "match", holder.Keys()...)
		}
	case linked:
		if r.fields(via.Value, "via", []string{"column", "table"}, []string{"key"}) {
			e.at.via = via.Value
			e.column, e.key = r.text(via.Value, "column"), r.text(via.Value, "key")
			r.text(via.Value, "table")
		}
	}
}

func (r *reader) reassign(n *yamldoc.Node, e *entry) *reassign {
	optional := []string{"match", "else"}
	if r.ends { // there is one way only to know an organisation
		optional = []string{"else"}
	}
	if !r.fields(n, "reassign", []string{"column", "to"}, optional) {
		return nil
	}
	to, _ := r.literal(n, "to")
	out := &reassign{column: r.text(n, "column"), successor: to == "successor", literal: to}
	if otherwise, ok := r.literal(n, "else"); ok {
		out.fallback = &otherwise
	}
	// A link to a parent is handed to the successor's own row there.
	byLink := e.at.via != nil && strings.EqualFold(out.column, e.column)
	out.match = r.among(n, "match", holder.Keys()...)
	_, matches := n.Field("match")
	switch {
	case !out.successor && (matches || out.fallback != nil):
		r.refuse(n, "holder_reassign_literal")
	case out.successor && byLink && matches:
		r.refuse(node(n, "match"), "holder_reassign_link", "column", out.column)
	case out.successor && !byLink && r.ends:
		out.match = holder.ByOrganisation
	case out.successor && !byLink && !matches:
		r.refuse(n, "holder_field_missing", "field", "match")
	}
	return out
}

// maxYears bounds a period: a longer one is a slip, or no end at all.
const maxYears = 100

func (r *reader) period(n *yamldoc.Node) period {
	if !r.fields(n, "until", nil, []string{"years", "months", "days"}) {
		return period{}
	}
	before := len(r.wrong)
	p := period{r.number(n, "years", maxYears), r.number(n, "months", 12*maxYears), r.number(n, "days", 366*maxYears)}
	if p == (period{}) && len(r.wrong) == before {
		r.refuse(n, "holder_period_empty")
	}
	return p
}

// written refuses a column that one entry would write twice.
func (r *reader) written(e *entry) {
	seen := map[string]bool{}
	for _, c := range e.writes() {
		if c = strings.ToLower(c); seen[c] {
			r.refuse(e.at.action, "holder_column_twice", "column", c)
		}
		seen[c] = true
	}
}
