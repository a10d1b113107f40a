package sqldb

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// basisID is the form of the ids under which legal bases go into certificates.
var basisID = regexp.MustCompile(`^[a-z][a-z0-9_.-]{0,62}$`)

// parse reads a mapping and refuses what makes no sense whatever the database.
func parse(name string, src []byte, needDSN bool) (*mapping, error) {
	doc, wrong := yamldoc.Parse(src)
	if wrong != nil {
		return nil, refusal(name, "holder_mapping_invalid", wrong)
	}
	r := &reader{}
	m := &mapping{holder: name}
	needed, optional := []string{"tables"}, []string{"title", "dsn", "bases", "organisations"}
	if needDSN {
		needed, optional = []string{"dsn", "tables"}, []string{"title", "bases", "organisations"}
	}
	r.fields(doc, "mapping", needed, optional)
	if f, ok := doc.Field("title"); ok {
		m.title = r.texts(f.Value, "title")
	}
	m.dsn, m.dsnAt = r.text(doc, "dsn"), node(doc, "dsn").Problem("holder_dsn_invalid")
	bases := r.bases(doc)
	r.entries(doc, "tables", m, bases)
	if _, ok := doc.Field("organisations"); ok {
		m.ends, r.ends = &mapping{holder: name}, true
		r.entries(doc, "organisations", m.ends, bases)
	}
	if r.wrong != nil {
		return nil, refusal(name, "holder_mapping_invalid", r.wrong)
	}
	return m, nil
}

func refusal(name, code string, wrong []fault.Field) error {
	return &fault.Error{Kind: fault.Invalid, Code: code, Args: fault.Pairs("holder", name), Fields: wrong}
}

// bases reads the legal bases by their ids.
func (r *reader) bases(doc *yamldoc.Node) map[string]map[string]string {
	f, ok := doc.Field("bases")
	if !ok {
		return nil
	}
	if f.Value.Kind != yamldoc.Mapping {
		r.refuse(f.Value, "holder_field_not_fields", "field", "bases")
		return nil
	}
	all := map[string]map[string]string{}
	for _, b := range f.Value.Fields {
		if !basisID.MatchString(b.Name) {
			r.refuse(b.Key, "holder_basis_id", "basis", b.Name)
		}
		all[b.Name] = r.texts(b.Value, b.Name)
	}
	return all
}

func (r *reader) entries(doc *yamldoc.Node, section string, m *mapping, bases map[string]map[string]string) {
	f, ok := doc.Field(section)
	if !ok {
		return
	}
	if f.Value.Kind != yamldoc.Sequence || len(f.Value.Items) == 0 {
		r.refuse(f.Value, "holder_field_not_list", "field", section)
		return
	}
	byName := map[string]*entry{}
	for _, item := range f.Value.Items {
		e := r.entry(item, bases)
		if e == nil {
			continue
		}
		if _, twice := byName[e.name]; twice {
			r.refuse(node(item, "name"), "holder_entry_twice", "entry", e.name)
			continue
		}
		byName[e.name] = e
		m.entries = append(m.entries, e)
	}
	for i, e := range m.entries {
		r.link(e, byName)
		for _, other := range m.entries[:i] {
			if strings.EqualFold(e.table, other.table) && (e.deletes() && other.action == holder.Keep || other.deletes() && e.action == holder.Keep) {
				r.refuse(e.at.action, "holder_keep_and_delete", "table", e.table)
			}
		}
	}
	if len(r.wrong) == 0 {
		r.acyclic(m)
		r.cut(m)
	}
}

// link finds the entry that a via leads to.
func (r *reader) link(e *entry, byName map[string]*entry) {
	if e.at.via == nil {
		return
	}
	to := e.at.via.Find("table")
	name := to.Text()
	parent, ok := byName[name]
	switch {
	case !ok:
		known := slices.Sorted(maps.Keys(byName))
		r.refuse(to, "holder_via_unknown", "table", name, "known", strings.Join(known, ", "))
	case parent == e:
		r.refuse(to, "holder_via_itself", "table", name)
	default:
		e.parent = parent
	}
}

// acyclic refuses links that lead round in a circle and never to a person.
func (r *reader) acyclic(m *mapping) {
	for _, e := range m.entries {
		slow := e
		for fast := e.parent; fast != nil && fast.parent != nil; fast = fast.parent.parent {
			if slow == fast {
				r.refuse(e.at.via, "holder_via_circle", "table", e.name)
				return
			}
			slow = slow.parent
		}
	}
}

// cut refuses entries after which their rows would still lead to the person.
// Rows that stay must lose their person column. Rows below a parent whose own
// row goes must lose their link, which may say as much as the parent did; below
// a parent that stays the parent's own cut is enough.
func (r *reader) cut(m *mapping) {
	for _, e := range m.entries {
		if e.deletes() || e.writesColumn(e.column) {
			continue
		}
		if e.parent == nil || e.parent.deletes() {
			at := e.at.person
			if at == nil {
				at = e.at.via
			}
			r.refuse(at, "holder_link_stays", "table", e.name, "column", e.column)
		}
	}
}
