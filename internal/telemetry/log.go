// Package telemetry is how an operator sees what Signoff does. It gives a log
// without secrets and personal data, metrics for Prometheus, and traces by
// OpenTelemetry where a collector is configured. It changes no global of those
// libraries.
package telemetry

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Hidden stands where something was left out of the log.
const Hidden = "[hidden]"

// NewLogger makes the program's log. Level is debug, info, warn or error; format
// is text or json. What looks like a secret or personal data is hidden, by the
// name of its attribute and by its shape: the last line of defence, not a leave
// to log such things.
func NewLogger(w io.Writer, level, format string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("telemetry: log level: %w", err)
	}
	options := &slog.HandlerOptions{Level: l, ReplaceAttr: redact}
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	}
	return nil, fmt.Errorf("telemetry: unknown log format %q", format)
}

// private are the words that mark an attribute as secret or personal, wherever
// they stand in its name: "mobile", "user_name", "idTokenHint".
var private = []string{
	"token", "tokens", "password", "passwords", "passwd", "pwd", "secret", "secrets", "authorization", "cookie", "cookies",
	"credential", "credentials", "dsn", "otp", "proof",
	"email", "mail", "mobile", "phone", "name", "names", "identifier", "identifiers", "address", "birthday",
	"ip", "agent", "body", "query", "link", "reason", "evidence", "subject",
}

// redact is slog's hook for every attribute. Values that are neither plain nor an
// error are shown by their type only, because nobody knows what is inside.
func redact(groups []string, a slog.Attr) slog.Attr {
	builtin := len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.SourceKey)
	if builtin {
		return a
	}
	if slices.ContainsFunc(append(slices.Clone(groups), a.Key), isPrivate) {
		return slog.String(a.Key, Hidden)
	}
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, Scrub(v.String()))
	case slog.KindAny:
		switch x := v.Any().(type) {
		case nil:
			return a
		case error:
			return slog.String(a.Key, Scrub(x.Error()))
		case []string:
			return slog.String(a.Key, Scrub(strings.Join(x, ", ")))
		case fmt.Stringer:
			return slog.String(a.Key, Scrub(x.String()))
		default:
			return slog.String(a.Key, fmt.Sprintf("[%T]", x))
		}
	}
	return a
}

func isPrivate(key string) bool {
	return slices.ContainsFunc(words(key), func(w string) bool { return slices.Contains(private, w) })
}

// words splits a name at separators and where a capital begins a new word.
func words(key string) []string {
	var out []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			out = append(out, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	before := ' '
	for _, r := range key {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
		case unicode.IsUpper(r) && !unicode.IsUpper(before):
			flush()
			word.WriteRune(r)
		default:
			word.WriteRune(r)
		}
		before = r
	}
	flush()
	return out
}

// shapes are what secrets and personal data look like inside other text.
var shapes = []struct {
	find *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`\b(so[a-z])_[0-9A-Za-z_-]{16,}`), "${1}_" + Hidden},                  // our tokens
	{regexp.MustCompile(`\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*`), Hidden},                            // JSON Web Tokens
	{regexp.MustCompile(`(?i)\b(bearer|basic) +[\w.~+/=-]{8,}`), "${1} " + Hidden},            // RFC 6750, RFC 7617
	{regexp.MustCompile(`(://[^\s:/@]*):[^\s@]+@`), "${1}:" + Hidden + "@"},                   // a password in a URL
	{regexp.MustCompile(`(?i)\b(password|pwd) *= *\S+`), "${1}=" + Hidden},                    // … and in a DSN
	{regexp.MustCompile(`[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`), Hidden}, // e-mail
	{regexp.MustCompile(`\+[1-9]\d{7,14}\b`), Hidden},                                         // E.164
	{regexp.MustCompile(`\b1[3-9]\d{9}\b`), Hidden},                                           // a Chinese mobile number
	{regexp.MustCompile(`\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?->`), Hidden + "->"},               // "read tcp A->B"
}

// Scrub hides secrets and personal data that have a recognisable shape.
func Scrub(s string) string {
	for _, shape := range shapes {
		s = shape.find.ReplaceAllString(s, shape.with)
	}
	return s
}
