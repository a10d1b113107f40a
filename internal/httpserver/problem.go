package httpserver

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/texts"
)

// Problem is the document that every failed request answers with (RFC 9457). It
// implements huma's StatusError, so an operation may also return it as it is.
type Problem struct {
	Type     string         `json:"type" format:"uri-reference" doc:"Where this problem is explained. Stable per code."`
	Title    string         `json:"title" doc:"The kind of problem, in the caller's language."`
	Status   int            `json:"status" doc:"The HTTP status, repeated." example:"422"`
	Code     string         `json:"code" doc:"Stable, for programs." example:"validation_failed"`
	Detail   string         `json:"detail" doc:"What happened and what to do, in the caller's language."`
	Instance string         `json:"instance,omitempty" format:"uri-reference" doc:"The request's id, as in the operator's log."`
	Errors   []ProblemField `json:"errors,omitempty" doc:"The places in the input that are wrong."`

	Work []ProblemWork `json:"work,omitempty" doc:"With work_unsaved: what is in hand."`

	lang   string
	header http.Header
}

// ProblemWork is something that an app has in hand, which a sign-out would cut
// off.
type ProblemWork struct {
	App   string    `json:"app"`
	Kind  string    `json:"kind" enum:"unsaved,running"`
	What  string    `json:"what,omitempty" doc:"In the app's words. Left out for the work of another account."`
	Link  string    `json:"link,omitempty" doc:"Where to finish it: https, or a path on the app's site."`
	Since time.Time `json:"since"`
}

// ProblemField is one wrong place in the input.
type ProblemField struct {
	Path   string `json:"path" doc:"Dotted, as the caller wrote it; parameters start with query, path, header or cookie." example:"identifiers[0].value"`
	Code   string `json:"code" doc:"Stable, for programs." example:"required"`
	Detail string `json:"detail" doc:"In the caller's language."`
}

// Error gives the code: for logs.
func (p *Problem) Error() string { return p.Code }

// GetStatus gives the HTTP status, as huma wants it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType names the document's media type, as huma wants it.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// Problem makes the document for err in the language of the request that ctx
// belongs to. What is not a fault, or an internal one, is logged with the
// request id and shown only as such.
func (s *Site) Problem(ctx context.Context, err error) *Problem {
	e := faultFor(err)
	lang, id := Language(ctx), requestIDOf(ctx)
	if e.Kind == fault.Internal {
		s.Log.LogAttrs(ctx, slog.LevelError, "request failed",
			slog.String("request_id", id), slog.String("error", err.Error()))
		e = fault.New(fault.Internal, "internal")
	}
	args, wait := withRetryAfter(e.Args)
	p := &Problem{
		Type:   s.PublicURL + "/docs/problems#" + e.Code,
		Title:  s.Texts.Text(lang, titleKey(e.Kind), nil),
		Status: statusOf(e),
		Code:   e.Code,
		Detail: s.Texts.Text(lang, "fault."+e.Code, args),
		lang:   lang,
		header: http.Header{},
	}
	if id != "" {
		p.Instance = "urn:uuid:" + id
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, ProblemField{Path: f.Path, Code: f.Code, Detail: s.Texts.Field(lang, f)})
	}
	p.header.Set("Content-Language", lang)
	if wait > 0 {
		p.header.Set("Retry-After", strconv.FormatInt(int64(math.Ceil(wait.Seconds())), 10))
	}
	if p.Status == http.StatusUnauthorized {
		p.header.Set("WWW-Authenticate", `Bearer realm="signoff"`) // RFC 9110, 11.6.1: a 401 must name a scheme
	}
	return p
}

// WriteProblem answers a plain request with the problem document for err, or with
// a page to somebody who looks at pages.
func (s *Site) WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := s.Problem(r.Context(), err)
	if s.ErrorPage != nil && looksAtPages(r) {
		if wait := p.header.Get("Retry-After"); wait != "" {
			w.Header().Set("Retry-After", wait)
		}
		s.ErrorPage(w, r, p)
		return
	}
	for k, v := range p.header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_ = json.NewEncoder(w).Encode(p) // a caller that is gone is no failure of ours
	}
}

// looksAtPages says whether a browser asked, and not for the API.
func looksAtPages(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/v1/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// faultFor makes a fault of any error: a deadline that passed inside is worth
// another try, and a caller that went away reads the answer no more.
func faultFor(err error) *fault.Error {
	var e *fault.Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return fault.New(fault.Unavailable, "timed_out").Because(err)
	}
	return fault.Of(err)
}

// withRetryAfter finds how long the caller should wait: the argument RetryAfter
// or retry_after, a duration or a number of seconds. In the arguments given back
// it is a duration, which texts write as words.
func withRetryAfter(args map[string]any) (map[string]any, time.Duration) {
	for _, name := range []string{"retry_after", "RetryAfter"} {
		var wait time.Duration
		switch v := args[name].(type) {
		case time.Duration:
			wait = v
		case int:
			wait = time.Duration(v) * time.Second
		case int64:
			wait = time.Duration(v) * time.Second
		case float64:
			wait = time.Duration(v * float64(time.Second))
		default:
			continue
		}
		out := make(map[string]any, len(args))
		for k, v := range args {
			out[k] = v
		}
		wait = max(wait, time.Second)
		out["retry_after"], out["RetryAfter"] = wait, wait // whichever the text says
		return out, wait
	}
	return args, 0
}

var _ interface {
	GetStatus() int
	ContentType(string) string
	error
} = (*Problem)(nil)

// words names the type that a value should have had, in the text's language.
func words(kind string) texts.Key { return texts.Key("type." + kind) }
