package main

import (
	"regexp"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// usageError is a command line that makes no sense.
type usageError struct{ fault *fault.Error }

func (u *usageError) Error() string { return u.fault.Error() }

// badUsage makes one for what only a command itself can tell.
func badUsage(f *fault.Error) error { return &usageError{f} }

// usageFault turns what kong says, in English, into a fault with a text in
// every language.
func usageFault(err error) error {
	said := err.Error()
	for _, s := range []struct {
		form *regexp.Regexp
		as   func(m []string) *fault.Error
	}{
		{regexp.MustCompile(`^unknown flag ([^ ,;]+)`), func(m []string) *fault.Error {
			return fault.New(fault.Invalid, "usage_unknown_flag", "flag", m[1])
		}},
		{regexp.MustCompile(`^unexpected argument ([^ ,]+)`), func(m []string) *fault.Error {
			return fault.New(fault.Invalid, "usage_unknown_argument", "argument", m[1])
		}},
		{regexp.MustCompile(`^missing flags?: (.+)$`), func(m []string) *fault.Error {
			return fault.New(fault.Invalid, "usage_missing_flag", "flags", plainList(m[1]))
		}},
		{regexp.MustCompile(`^expected one of (.+)$`), func(m []string) *fault.Error {
			return fault.New(fault.Invalid, "usage_missing_command", "commands", plainList(m[1]))
		}},
		{regexp.MustCompile(`^expected "(<.+)"$`), func(m []string) *fault.Error {
			return fault.New(fault.Invalid, "usage_missing_argument", "arguments", m[1])
		}},
		{regexp.MustCompile(`^(\S+?)(?:=\S+)? must be one of (.+) but got`), func(m []string) *fault.Error {
			return fault.New(fault.Invalid, "usage_not_in_list", "what", m[1], "allowed", plainList(m[2]))
		}},
		{regexp.MustCompile(`^(--\S+) and (--\S+) can't be used together`), func(m []string) *fault.Error {
			return fault.New(fault.Invalid, "usage_not_together", "one", m[1], "other", m[2])
		}},
	} {
		if m := s.form.FindStringSubmatch(said); m != nil {
			return badUsage(s.as(m))
		}
	}
	return badUsage(fault.New(fault.Invalid, "usage", "said", said))
}

// plainList makes a list of what kong quotes; the catalogue joins it as the
// language does.
func plainList(said string) []string {
	var all []string
	for _, word := range strings.Split(said, ",") {
		if word = strings.Trim(strings.TrimSpace(word), `"`); word != "" {
			all = append(all, word)
		}
	}
	return all
}
