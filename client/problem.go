package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Problem is a failure that the server explains (RFC 9457). Code is stable, for
// programs; Detail is written for people, in the client's language.
type Problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Code     string         `json:"code"`
	Detail   string         `json:"detail"`
	Instance string         `json:"instance"` // the request's id, as in the operator's log
	Errors   []FieldProblem `json:"errors"`
	Work     []PendingWork  `json:"work"` // with work_unsaved: what is in hand
	// RetryAfter is how long the server asks to wait; 0 when it does not say.
	RetryAfter time.Duration `json:"-"`
}

// PendingWork is something that an app has in hand, which a sign-out would cut
// off.
type PendingWork struct {
	App   string    `json:"app"`
	Kind  string    `json:"kind"` // UnsavedWork or RunningWork
	What  string    `json:"what"` // in the app's words; empty for the work of another account
	Link  string    `json:"link"` // https, or a path on the app's site
	Since time.Time `json:"since"`
}

// FieldProblem is one place in the input that is wrong, or one condition that
// does not hold.
type FieldProblem struct {
	Path   string `json:"path"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Unexplained is the Code of an answer that is no problem document: something
// between the client and Signoff has answered.
const Unexplained = "unexplained"

// Error gives what a person should read, and the code.
func (p *Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%d %s)", p.Detail, p.Status, p.Code)
	for _, f := range p.Errors {
		fmt.Fprintf(&b, "; %s: %s", f.Path, f.Detail)
	}
	return b.String()
}

// HasCode says whether err is a Problem with the code.
func HasCode(err error, code string) bool {
	p, ok := errors.AsType[*Problem](err)
	return ok && p.Code == code
}

// HasStatus says whether err is a Problem with the HTTP status.
func HasStatus(err error, status int) bool {
	p, ok := errors.AsType[*Problem](err)
	return ok && p.Status == status
}

func problemOf(status int, header http.Header, body []byte) error {
	p := &Problem{}
	isProblem := strings.HasPrefix(header.Get("Content-Type"), "application/problem+json")
	if !isProblem || json.Unmarshal(body, p) != nil || p.Code == "" {
		p = &Problem{Code: Unexplained, Detail: http.StatusText(status)}
	}
	p.Status = status
	if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil && seconds > 0 {
		p.RetryAfter = time.Duration(seconds) * time.Second
	}
	return p
}
