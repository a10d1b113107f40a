package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Key is one setting, for help texts and the documentation.
type Key struct {
	Name    string // "mail.host"; a list's entries are "holders[].name"
	Env     string // "SIGNOFF_MAIL_HOST"; empty where only the file can set it
	Default string // as written in the file; empty where there is none
	Doc     string
	inFlags bool // whether a flag may set it

	kind reflect.Type
}

// envPrefix starts the name of every environment variable that is a setting.
const envPrefix = "SIGNOFF_"

// Keys lists every setting in the order of the documentation.
func Keys() []Key { return keysOf("", reflect.ValueOf(Default()), true) }

func keysOf(prefix string, v reflect.Value, single bool) []Key {
	var keys []Key
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name := prefix + f.Tag.Get("key")
		switch {
		case f.Type.Kind() == reflect.Struct:
			keys = append(keys, keysOf(name+".", v.Field(i), single)...)
		case f.Type.Kind() == reflect.Slice:
			keys = append(keys, Key{Name: name, Doc: f.Tag.Get("doc"), kind: f.Type})
			keys = append(keys, keysOf(name+"[].", reflect.New(f.Type.Elem()).Elem(), false)...)
		default:
			k := Key{Name: name, Doc: f.Tag.Get("doc"), Default: written(v.Field(i)), inFlags: single, kind: f.Type}
			if single {
				k.Env = envPrefix + strings.ToUpper(strings.ReplaceAll(name, ".", "_"))
			}
			keys = append(keys, k)
		}
	}
	return keys
}

// written gives a default as one writes it in the file.
func written(v reflect.Value) string {
	switch d := v.Interface().(type) {
	case time.Duration:
		return writtenDuration(d)
	default:
		if v.IsZero() {
			return ""
		}
		return fmt.Sprint(d)
	}
}

func writtenDuration(d time.Duration) string {
	const day = 24 * time.Hour
	if d > 0 && d%day == 0 {
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// parseDuration reads Go's durations, and whole days before them: "30d", "1d12h".
func parseDuration(s string) (time.Duration, error) {
	days, rest, found := strings.Cut(s, "d")
	if !found {
		return time.ParseDuration(s)
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return 0, err
	}
	total := time.Duration(n) * 24 * time.Hour
	if rest == "" {
		return total, nil
	}
	more, err := time.ParseDuration(rest)
	return total + more, err
}

func item(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
