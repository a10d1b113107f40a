package sqldb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// reader takes a document apart and collects what is wrong with it, so that an
// operator sees all of it at once.
type reader struct {
	wrong []fault.Field
	ends  bool // whether what is read is about organisations, not people
}

func (r *reader) refuse(n *yamldoc.Node, code string, args ...any) {
	r.wrong = append(r.wrong, n.Problem(code, args...))
}

// fields checks that n is a mapping with no other fields than the known ones
// and with all the needed ones.
func (r *reader) fields(n *yamldoc.Node, what string, needed, optional []string) bool {
	if n.Kind != yamldoc.Mapping {
		r.refuse(n, "holder_field_not_fields", "field", what)
		return false
	}
	known := append(slices.Clone(needed), optional...)
	for _, f := range n.Fields {
		if !slices.Contains(known, f.Name) {
			r.refuse(f.Key, "holder_field_unknown", "field", f.Name, "known", strings.Join(known, ", "))
		}
	}
	whole := true
	for _, name := range needed {
		if _, ok := n.Field(name); !ok {
			r.refuse(n, "holder_field_missing", "field", name)
			whole = false
		}
	}
	return whole
}

// text gives a field that is a text and not empty; "" where it is not there.
func (r *reader) text(n *yamldoc.Node, name string) string {
	f, ok := n.Field(name)
	if !ok {
		return ""
	}
	return r.word(f.Value, name)
}

func (r *reader) word(n *yamldoc.Node, what string) string {
	if n.Kind != yamldoc.String || strings.TrimSpace(n.Text()) == "" {
		r.refuse(n, "holder_field_not_text", "field", what)
		return ""
	}
	return n.Text()
}

// literal gives a field that is a text or a whole number, as text.
func (r *reader) literal(n *yamldoc.Node, name string) (string, bool) {
	f, ok := n.Field(name)
	if !ok {
		return "", false
	}
	if i, ok := f.Value.Int(); ok {
		return strconv.Itoa(i), true
	}
	return r.word(f.Value, name), true
}

// among gives a text that is one of the values.
func (r *reader) among(n *yamldoc.Node, name string, values ...string) string {
	f, ok := n.Field(name)
	if !ok {
		return ""
	}
	if f.Value.Kind != yamldoc.String || !slices.Contains(values, f.Value.Text()) {
		r.refuse(f.Value, "holder_field_among", "field", name, "known", strings.Join(values, ", "))
		return ""
	}
	return f.Value.Text()
}

// columns gives a list of names, none of them twice.
func (r *reader) columns(n *yamldoc.Node, name string) []string {
	f, ok := n.Field(name)
	if !ok {
		return nil
	}
	if f.Value.Kind != yamldoc.Sequence || len(f.Value.Items) == 0 {
		r.refuse(f.Value, "holder_field_not_list", "field", name)
		return nil
	}
	var all []string
	for _, item := range f.Value.Items {
		column := r.word(item, name)
		if slices.ContainsFunc(all, func(have string) bool { return strings.EqualFold(have, column) }) {
			r.refuse(item, "holder_column_twice", "column", column)
			continue
		}
		all = append(all, column)
	}
	return all
}

// number gives a field that is a whole number from 0 to most.
func (r *reader) number(n *yamldoc.Node, name string, most int) int {
	f, ok := n.Field(name)
	if !ok {
		return 0
	}
	v, ok := f.Value.Int()
	if !ok || v < 0 || v > most {
		r.refuse(f.Value, "holder_number", "field", name, "most", most)
		return 0
	}
	return v
}

// texts gives a text in every language.
func (r *reader) texts(n *yamldoc.Node, what string) map[string]string {
	languages := language.All()
	if !r.fields(n, what, languages, nil) {
		return nil
	}
	all := map[string]string{}
	for _, lang := range languages {
		all[lang] = r.text(n, lang)
	}
	return all
}

// node gives the place of a field, or of what it is missing in.
func node(n *yamldoc.Node, name string) *yamldoc.Node {
	if f, ok := n.Field(name); ok {
		return f.Value
	}
	return n
}
