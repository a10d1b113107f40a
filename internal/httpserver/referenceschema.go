package httpserver

import (
	"fmt"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// viewer turns schemas into words of one language.
type viewer struct {
	site     *Site
	registry huma.Registry
	lang     string
}

// kindView is a type in words; Ref names the schema that it leads to, if any.
type kindView struct{ Text, Ref string }

// fieldRow is one parameter or property.
type fieldRow struct {
	Name, Place, Meaning string
	Required             bool
	Kind                 kindView
	Limits               []string
}

func (v viewer) say(key string, args ...any) string {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i].(string)] = args[i+1]
	}
	return v.site.Texts.Text(v.lang, key, m)
}

// kind names a schema's type.
func (v viewer) kind(s *huma.Schema) kindView {
	if s == nil {
		return kindView{}
	}
	if s.Ref != "" {
		name := s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
		return kindView{Text: name, Ref: name}
	}
	k := kindView{Text: s.Type}
	switch {
	case s.Type == huma.TypeArray && s.Items != nil:
		of := v.kind(s.Items)
		k = kindView{Text: v.say("docs.list_of", "of", of.Text), Ref: of.Ref}
	case s.Type == huma.TypeObject && s.AdditionalProperties != nil && len(s.Properties) == 0:
		if of, ok := s.AdditionalProperties.(*huma.Schema); ok {
			inner := v.kind(of)
			k = kindView{Text: v.say("docs.map_of", "of", inner.Text), Ref: inner.Ref}
		}
	case len(s.OneOf)+len(s.AnyOf) > 0:
		var names []string
		for _, sub := range slices.Concat(s.OneOf, s.AnyOf) {
			names = append(names, v.kind(sub).Text)
		}
		k.Text = v.say("docs.one_of") + " " + strings.Join(names, ", ")
	}
	if s.Format != "" {
		k.Text += " (" + s.Format + ")"
	}
	if s.Nullable {
		k.Text += " " + v.say("docs.nullable")
	}
	return k
}

// limits lists what a value must keep to, in the words of JSON Schema.
func limits(s *huma.Schema) []string {
	if s == nil {
		return nil
	}
	var out []string
	if len(s.Enum) > 0 {
		var values []string
		for _, e := range s.Enum {
			values = append(values, fmt.Sprint(e))
		}
		out = append(out, strings.Join(values, " | "))
	}
	number := func(sign string, n *float64) {
		if n != nil {
			out = append(out, fmt.Sprintf("%s %v", sign, *n))
		}
	}
	length := func(name string, n *int) {
		if n != nil {
			out = append(out, fmt.Sprintf("%s %d", name, *n))
		}
	}
	number("≥", s.Minimum)
	number(">", s.ExclusiveMinimum)
	number("≤", s.Maximum)
	number("<", s.ExclusiveMaximum)
	length("minLength", s.MinLength)
	length("maxLength", s.MaxLength)
	length("minItems", s.MinItems)
	length("maxItems", s.MaxItems)
	if s.Pattern != "" {
		out = append(out, s.Pattern)
	}
	if s.Default != nil {
		out = append(out, fmt.Sprintf("= %v", s.Default))
	}
	return out
}

// fields lists an object's properties, the required ones first.
func (v viewer) fields(s *huma.Schema) fieldTable {
	table := fieldTable{Lang: v.lang}
	for _, name := range sortedKeys(s.Properties) {
		p := s.Properties[name]
		table.Rows = append(table.Rows, fieldRow{Name: name, Required: slices.Contains(s.Required, name),
			Kind: v.kind(p), Limits: limits(p), Meaning: p.Description})
	}
	slices.SortStableFunc(table.Rows, func(a, b fieldRow) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	return table
}

// inline lists the properties of a body's schema that has no name of its own,
// and of one that has, so that a reader need not jump to know what to send.
func (v viewer) inline(s *huma.Schema) fieldTable {
	for s != nil && s.Ref != "" {
		s = v.registry.SchemaFromRef(s.Ref)
	}
	if s == nil {
		return fieldTable{Lang: v.lang}
	}
	return v.fields(s)
}

// schemas lists the named schemas.
func (v viewer) schemas() []schemaView {
	var out []schemaView
	all := v.registry.Map()
	for _, name := range sortedKeys(all) {
		out = append(out, schemaView{Name: name, Meaning: all[name].Description, Fields: v.fields(all[name])})
	}
	return out
}
