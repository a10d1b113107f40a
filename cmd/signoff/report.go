package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/signoff-id/signoff/internal/fault"
)

// problem is an error as --json shows it: the shape of the API's problem
// documents (RFC 9457) without what only HTTP knows.
type problem struct {
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Errors []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Path   string `json:"path"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// report shows an error to whoever runs the command. Who may run it may open
// the database, so a cause that the API would hide is told here.
func (e *env) report(err error) {
	p := e.problem(err)
	if e.json {
		enc := json.NewEncoder(e.err)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		_ = enc.Encode(p)
		return
	}
	fmt.Fprintf(e.err, "signoff: %s [%s]\n", p.Detail, p.Code)
	for _, f := range p.Errors {
		fmt.Fprintf(e.err, "  %s: %s [%s]\n", f.Path, f.Detail, f.Code)
	}
}

func (e *env) problem(err error) problem {
	f := fault.Of(err)
	p := problem{Code: f.Code}
	switch {
	case errors.Is(err, context.Canceled):
		p.Code, p.Detail = "cancelled", e.say("cancelled")
	case f.Code == "internal":
		p.Detail = e.say("internal", "cause", err.Error())
	default:
		p.Detail = e.texts.Text(e.lang, "fault."+f.Code, f.Args)
	}
	for _, field := range f.Fields {
		p.Errors = append(p.Errors, problemField{Path: field.Path, Code: field.Code, Detail: e.texts.Field(e.lang, field)})
	}
	return p
}
