package config

import (
	"reflect"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// readFile reads the YAML file into c and checks every name and type in it
// against Config, with the place of what is wrong.
func (c *Config) readFile(text []byte) []fault.Field {
	root, wrong := yamldoc.Parse(text)
	if len(wrong) > 0 {
		if len(wrong) == 1 && wrong[0].Code == "yaml_empty" {
			return nil // all commented out
		}
		return wrong
	}
	r := reader{}
	r.read(root, reflect.ValueOf(c).Elem(), "")
	return r.wrong
}

// reader collects what is wrong on its way down.
type reader struct{ wrong []fault.Field }

func (r *reader) refuse(path string, at *yamldoc.Node, code string, args ...any) {
	r.wrong = append(r.wrong, fault.Field{Path: path, Code: code, Args: fault.Pairs(append(args, "line", at.Line, "column", at.Column)...)})
}

// read sets a value from a node; a setting that is written without a value
// stays as it is.
func (r *reader) read(n *yamldoc.Node, to reflect.Value, path string) {
	switch {
	case n.Kind == yamldoc.Null:
	case to.Kind() == reflect.Struct:
		r.readMapping(n, to, path)
	case to.Kind() == reflect.Slice:
		r.readList(n, to, path)
	default:
		r.readScalar(n, to, path)
	}
}

func (r *reader) readList(n *yamldoc.Node, to reflect.Value, path string) {
	if n.Kind != yamldoc.Sequence {
		r.refuse(path, n, "config_wrong_type_at", "expected", "list")
		return
	}
	to.SetZero()
	for i, entry := range n.Items {
		if entry.Kind == yamldoc.Null {
			continue
		}
		v := reflect.New(to.Type().Elem()).Elem()
		r.read(entry, v, item(path, i))
		to.Set(reflect.Append(to, v))
	}
}

func (r *reader) readMapping(n *yamldoc.Node, to reflect.Value, path string) {
	if n.Kind != yamldoc.Mapping {
		r.refuse(path, n, "config_wrong_type_at", "expected", "mapping")
		return
	}
	for _, f := range n.Fields {
		below := f.Name
		if path != "" {
			below = path + "." + f.Name
		}
		field := fieldNamed(to, f.Name)
		if !field.IsValid() {
			r.refuse(below, f.Key, "config_unknown_at")
			continue
		}
		r.read(f.Value, field, below)
	}
}

func (r *reader) readScalar(n *yamldoc.Node, to reflect.Value, path string) {
	var text string
	switch n.Kind {
	case yamldoc.String:
		text = n.Text()
	case yamldoc.Integer:
		i, _ := n.Int()
		text = strconv.Itoa(i)
	}
	expected, ok := set(to, text)
	if !ok || n.Kind != yamldoc.String && n.Kind != yamldoc.Integer || n.Kind == yamldoc.Integer && to.Type() == durationType {
		r.refuse(path, n, "config_wrong_type_at", "expected", expected)
	}
}

// fieldNamed finds the field of a struct for a setting; there may be none.
func fieldNamed(in reflect.Value, name string) reflect.Value {
	for i := range in.NumField() {
		if in.Type().Field(i).Tag.Get("key") == name {
			return in.Field(i)
		}
	}
	return reflect.Value{}
}

var durationType = reflect.TypeFor[time.Duration]()

// set gives a setting the value that a text means, if it fits, and names the
// setting's type as the file's reader knows it.
func set(to reflect.Value, text string) (expected string, ok bool) {
	switch {
	case to.Type() == durationType:
		d, err := parseDuration(text)
		to.SetInt(int64(d))
		return "90s, 15m, 12h, 30d", err == nil
	case to.Kind() == reflect.Int:
		n, err := strconv.Atoi(text)
		to.SetInt(int64(n))
		return "1, 2, 3 …", err == nil
	default:
		to.SetString(text)
		return "text", true
	}
}
