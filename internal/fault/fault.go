// Package fault is the one typed error of Signoff. It says what went wrong, as
// a kind that a face can answer and a stable code that a caller can act on.
// Texts live in the catalogue of internal/texts, never here; an error of any
// other type is an internal one, and its text is never shown to a caller.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"sort"
	"strings"
)

// Kind says who can do something about an error.
type Kind uint8

// The kinds, from the caller's point of view.
const (
	Internal        Kind = iota // ours: the text stays hidden
	Invalid                     // the input is wrong as it stands
	Unauthenticated             // no valid session or token
	Forbidden                   // known caller, not allowed, and may know that the thing exists
	NotFound                    // not there, or not for this caller to know
	Conflict                    // the state forbids it now
	TooLarge                    // more bytes than accepted
	TooMany                     // slow down
	Unavailable                 // a part that this needs is down: try again
)

// Error is a failure that a caller may see. Code is stable, lower snake case,
// and the key of its text; Args fill the text's placeholders and never carry
// secrets or personal data.
type Error struct {
	Kind   Kind
	Code   string
	Args   map[string]any
	Fields []Field
	cause  error
}

// Field is one place in the input that is wrong. Path is dotted, as the caller
// wrote it ("identifiers[0].value", or "line 12" for a file).
type Field struct {
	Path string
	Code string
	Args map[string]any
}

// New makes an Error. Args are key, value pairs; an odd count panics, because
// that is a slip of the programmer.
func New(kind Kind, code string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Args: Pairs(args...)}
}

// Wrong begins the answer to input that is wrong in one or more places: name
// them with At. Its text counts them.
func Wrong() *Error { return New(Invalid, "validation_failed", "count", 0) }

// Pairs turns key, value, key, value … into the arguments of a text.
func Pairs(args ...any) map[string]any {
	if len(args) == 0 {
		return nil
	}
	if len(args)%2 != 0 {
		panic("fault: arguments come in pairs")
	}
	m := make(map[string]any, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		m[args[i].(string)] = args[i+1]
	}
	return m
}

// Because returns a copy of e that wraps cause, for the log and errors.Is.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// At returns a copy of e with one more wrong place.
func (e *Error) At(path, code string, args ...any) *Error {
	c := *e
	c.Fields = append(append([]Field(nil), e.Fields...), Field{Path: path, Code: code, Args: Pairs(args...)})
	if _, counts := e.Args["count"]; counts {
		c.Args = maps.Clone(e.Args)
		c.Args["count"] = len(c.Fields)
	}
	return &c
}

// Error gives the code, its arguments and the cause: for logs, not for people.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	keys := make([]string, 0, len(e.Args))
	for k := range e.Args {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%v", k, e.Args[k])
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Path, f.Code)
	}
	if e.cause != nil {
		b.WriteString(": ")
		b.WriteString(e.cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// Of finds the Error in err's chain; anything else becomes an internal one
// with the code "internal".
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Internal, Code: "internal", cause: err}
}

// Is says whether err carries the given code.
func Is(err error, code string) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}
