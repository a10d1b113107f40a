package config

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// Sources is where settings come from; each may be left empty.
type Sources struct {
	File    string            // path of a YAML file
	Environ []string          // as from os.Environ
	Flags   map[string]string // by key: "mail.host"
}

// Load merges the sources over the defaults and validates what comes out. It
// fails with "config_invalid", whose fields name every setting that is unknown or
// wrong and where it stands, or with "config_file_unreadable".
func Load(from Sources) (Config, error) {
	c := Default()
	var wrong []fault.Field
	if from.File != "" {
		text, err := os.ReadFile(from.File)
		if err != nil {
			return c, fault.New(fault.Invalid, "config_file_unreadable", "path", from.File).Because(err)
		}
		wrong = c.readFile(text)
	}
	wrong = slices.Concat(wrong, c.readEnviron(from.Environ), c.readFlags(from.Flags))
	if len(wrong) > 0 {
		slices.SortStableFunc(wrong, func(a, b fault.Field) int { return strings.Compare(a.Path, b.Path) })
		return c, invalid(wrong...)
	}
	if err := c.derive(); err != nil {
		return c, err
	}
	return c, c.validate()
}

func (c *Config) readEnviron(environ []string) []fault.Field {
	byEnv := map[string]Key{}
	for _, key := range Keys() {
		if key.Env != "" {
			byEnv[key.Env] = key
		}
	}
	var wrong []fault.Field
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		key, known := byEnv[name]
		switch {
		case known:
			wrong = append(wrong, c.set(key, name, value)...)
		case strings.HasPrefix(name, envPrefix) && !foreign.MatchString(name):
			wrong = append(wrong, fault.Field{Path: name, Code: "config_unknown"})
		}
	}
	return wrong
}

// foreign matches the variables that Kubernetes sets in every container beside
// a service called "signoff": they are not settings, and not typos either.
var foreign = regexp.MustCompile(`^SIGNOFF_(SERVICE_(HOST|PORT\w*)|PORT(_\w+)?)$`)

func (c *Config) readFlags(flags map[string]string) []fault.Field {
	byName := map[string]Key{}
	for _, key := range Keys() {
		byName[key.Name] = key
	}
	var wrong []fault.Field
	for name, value := range flags {
		key, known := byName[name]
		switch {
		case !known || !key.inFlags:
			wrong = append(wrong, fault.Field{Path: name, Code: "config_unknown"})
		case key.kind == reflect.TypeFor[Secret]() && holdsPassword(value):
			// Everybody on the machine can read a process's flags.
			wrong = append(wrong, fault.Field{Path: name, Code: "config_secret_in_flag", Args: fault.Pairs("env", key.Env)})
		default:
			wrong = append(wrong, c.set(key, name, value)...)
		}
	}
	return wrong
}

// set takes a value that arrived as text. The value itself is never repeated.
func (c *Config) set(k Key, where, value string) []fault.Field {
	field := reflect.ValueOf(c).Elem()
	for name := range strings.SplitSeq(k.Name, ".") {
		field = fieldNamed(field, name)
	}
	if expected, ok := set(field, value); !ok {
		return []fault.Field{{Path: where, Code: "config_wrong_type", Args: fault.Pairs("expected", expected)}}
	}
	return nil
}

func invalid(fields ...fault.Field) error {
	e := fault.New(fault.Invalid, "config_invalid", "count", len(fields))
	e.Fields = fields
	return e
}
