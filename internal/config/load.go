package config

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/structs"
	"github.com/knadh/koanf/v2"

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
	k := koanf.New(".")
	c := Default()
	if err := k.Load(structs.Provider(c, "koanf"), nil); err != nil {
		return c, fmt.Errorf("config: defaults: %w", err)
	}
	wrong, err := loadAll(k, from)
	if err != nil {
		return c, err
	}
	if len(wrong) > 0 {
		return c, invalid(wrong...)
	}
	c = Config{}
	err = k.UnmarshalWithConf("", &c, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		DecodeHook: decodeDuration, WeaklyTypedInput: true, ErrorUnused: true, TagName: "koanf",
	}})
	if err != nil {
		return c, fmt.Errorf("config: %w", err)
	}
	if err := c.derive(); err != nil {
		return c, err
	}
	return c, c.Validate()
}

func loadAll(k *koanf.Koanf, from Sources) ([]fault.Field, error) {
	var wrong []fault.Field
	if from.File != "" {
		text, err := os.ReadFile(from.File)
		if err != nil {
			return nil, fault.New(fault.Invalid, "config_file_unreadable", "path", from.File).Because(err)
		}
		values, bad := parseFile(text)
		wrong = append(wrong, bad...)
		if err := k.Load(confmap.Provider(values, ""), nil); err != nil {
			return nil, fmt.Errorf("config: file: %w", err)
		}
	}
	byEnv := map[string]Key{}
	byName := map[string]Key{}
	for _, key := range Keys() {
		byName[key.Name] = key
		if key.Env != "" {
			byEnv[key.Env] = key
		}
	}
	provider := env.Provider(".", env.Opt{Prefix: Prefix, EnvironFunc: func() []string { return from.Environ },
		TransformFunc: func(name, value string) (string, any) {
			key, known := byEnv[name]
			switch {
			case known:
				wrong = append(wrong, fits(key, name, value)...)
				return key.Name, value
			case !foreign.MatchString(name):
				wrong = append(wrong, fault.Field{Path: name, Code: "config_unknown"})
			}
			return "", nil
		}})
	if err := k.Load(provider, nil); err != nil {
		return nil, fmt.Errorf("config: environment: %w", err)
	}
	values, bad := flagValues(from.Flags, byName)
	if err := k.Load(confmap.Provider(values, "."), nil); err != nil {
		return nil, fmt.Errorf("config: flags: %w", err)
	}
	wrong = append(wrong, bad...)
	slices.SortStableFunc(wrong, func(a, b fault.Field) int { return strings.Compare(a.Path, b.Path) })
	return wrong, nil
}

// foreign matches the variables that Kubernetes sets in every container beside
// a service called "signoff": they are not settings, and not typos either.
var foreign = regexp.MustCompile(`^SIGNOFF_(SERVICE_(HOST|PORT\w*)|PORT(_\w+)?)$`)

func flagValues(flags map[string]string, byName map[string]Key) (map[string]any, []fault.Field) {
	values := map[string]any{}
	var wrong []fault.Field
	for name, value := range flags {
		key, known := byName[name]
		switch {
		case !known || !key.InFlags:
			wrong = append(wrong, fault.Field{Path: name, Code: "config_unknown"})
		case key.kind == reflect.TypeFor[Secret]() && holdsPassword(value):
			// Everybody on the machine can read a process's flags.
			wrong = append(wrong, fault.Field{Path: name, Code: "config_secret_in_flag", Args: fault.Pairs("env", key.Env)})
		default:
			wrong = append(wrong, fits(key, name, value)...)
			values[name] = value
		}
	}
	return values, wrong
}

// fits checks a value that arrived as text. The value itself is never repeated.
func fits(k Key, where, value string) []fault.Field {
	if expected, ok := fitsKind(k.kind, value); !ok {
		return []fault.Field{{Path: where, Code: "config_wrong_type", Args: fault.Pairs("expected", expected)}}
	}
	return nil
}

var durationType = reflect.TypeFor[time.Duration]()

// decodeDuration is mapstructure's hook for our way to write durations.
func decodeDuration(_, to reflect.Type, value any) (any, error) {
	if s, ok := value.(string); ok && to == durationType {
		return parseDuration(s)
	}
	return value, nil
}

func invalid(fields ...fault.Field) error {
	e := fault.New(fault.Invalid, "config_invalid", "count", len(fields))
	e.Fields = fields
	return e
}
