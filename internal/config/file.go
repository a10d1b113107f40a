package config

import (
	"reflect"
	"strconv"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// parseFile reads the YAML file and checks every name and type in it against
// Config, with the place of what is wrong.
func parseFile(text []byte) (map[string]any, []fault.Field) {
	root, wrong := yamldoc.Parse(text)
	if len(wrong) > 0 {
		if len(wrong) == 1 && wrong[0].Code == "yaml_empty" {
			return nil, nil // all commented out
		}
		return nil, wrong
	}
	r := reader{}
	value, _ := r.read(root, reflect.TypeFor[Config](), "")
	values, _ := value.(map[string]any)
	return values, r.wrong
}

// reader collects what is wrong on its way down.
type reader struct{ wrong []fault.Field }

func (r *reader) refuse(path string, at *yamldoc.Node, code string, args ...any) {
	r.wrong = append(r.wrong, fault.Field{Path: path, Code: code, Args: fault.Pairs(append(args, "line", at.Line, "column", at.Column)...)})
}

// read gives a node's value as the type wants it; there is none for a setting
// that is written without a value.
func (r *reader) read(n *yamldoc.Node, t reflect.Type, path string) (any, bool) {
	if n.Kind == yamldoc.Null {
		return nil, false
	}
	switch t.Kind() {
	case reflect.Struct:
		return r.readMapping(n, t, path)
	case reflect.Slice:
		if n.Kind != yamldoc.Sequence {
			r.refuse(path, n, "config_wrong_type_at", "expected", "list")
			return nil, false
		}
		list := []any{}
		for i, entry := range n.Items {
			if v, ok := r.read(entry, t.Elem(), item(path, i)); ok {
				list = append(list, v)
			}
		}
		return list, true
	default:
		return r.readScalar(n, t, path)
	}
}

func (r *reader) readMapping(n *yamldoc.Node, t reflect.Type, path string) (any, bool) {
	if n.Kind != yamldoc.Mapping {
		r.refuse(path, n, "config_wrong_type_at", "expected", "mapping")
		return nil, false
	}
	values := map[string]any{}
	for _, f := range n.Fields {
		below := f.Name
		if path != "" {
			below = path + "." + f.Name
		}
		field, known := fieldNamed(t, f.Name)
		if !known {
			r.refuse(below, f.Key, "config_unknown_at")
			continue
		}
		if v, ok := r.read(f.Value, field.Type, below); ok {
			values[f.Name] = v
		}
	}
	return values, true
}

func (r *reader) readScalar(n *yamldoc.Node, t reflect.Type, path string) (any, bool) {
	var text string
	switch n.Kind {
	case yamldoc.String:
		text = n.Text()
	case yamldoc.Integer:
		i, _ := n.Int()
		text = strconv.Itoa(i)
	}
	expected, ok := fitsKind(t, text)
	if !ok || n.Kind != yamldoc.String && n.Kind != yamldoc.Integer || n.Kind == yamldoc.Integer && t == durationType {
		r.refuse(path, n, "config_wrong_type_at", "expected", expected)
		return nil, false
	}
	return text, true
}

func fieldNamed(t reflect.Type, name string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("koanf") == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// fitsKind says whether a text can be read as a setting's type, and names the
// type as the file's reader knows it.
func fitsKind(t reflect.Type, text string) (expected string, ok bool) {
	var err error
	switch {
	case t == durationType:
		_, err = parseDuration(text)
		return "90s, 15m, 12h, 30d", err == nil
	case t.Kind() == reflect.Int:
		_, err = strconv.Atoi(text)
		return "1, 2, 3 …", err == nil
	default:
		return "text", true
	}
}
