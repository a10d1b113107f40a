package httpserver

import (
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/signoff-id/signoff/internal/fault"
)

// API adds a huma API to the site's mux, with its OpenAPI 3.1 document at
// /openapi.json and the reference at /docs. Operations return faults as they
// are; huma's own refusals become the same problem documents. Call it once.
func (s *Site) API(info *huma.Info) huma.API {
	useProblems()
	config := huma.DefaultConfig(info.Title, info.Version)
	config.Info = info
	// huma's own pages come from a CDN, and its documents are built unguarded
	// on the first request: ours are in reference.go.
	config.DocsPath, config.OpenAPIPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil // no $schema in every body
	config.RejectUnknownQueryParameters = true
	config.Transformers = []huma.Transformer{localise}
	config.OnAddOperation = append(config.OnAddOperation, s.limitOperation)
	if s.PublicURL != "" {
		config.Servers = []*huma.Server{{URL: s.PublicURL}}
	}
	api := humago.New(s.Mux(), config)
	s.reference(api)
	return api
}

// limitOperation lifts huma's own limits of size and time from an operation:
// readBody has applied ours before, and huma's would answer at one byte less.
func (s *Site) limitOperation(_ *huma.OpenAPI, op *huma.Operation) {
	op.MaxBodyBytes = s.maxBody() + 1
	op.BodyReadTimeout = -1 // none
	op.RejectUnknownQueryParameters = true
}

// useProblems puts our problem documents in huma's place for them. That place is
// a package variable, so it is filled once, with functions that keep nothing:
// the site, language and id of a request come from its context.
var useProblems = sync.OnceFunc(func() {
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError {
		return &Problem{Status: status}
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		r := requestOf(ctx.Context())
		if r == nil {
			return &Problem{Status: status, Code: "internal"}
		}
		p := r.site.Problem(ctx.Context(), humaFault(r.site, status, msg, errs))
		p.setHeaders(ctx)
		return p
	}
	huma.ValidateStrictCasing = true // {"Name": …} is an unknown field, not a "name"
})

// localise completes a problem that an operation made by huma's helpers, as
// huma.Error404NotFound, which know neither language nor request.
func localise(ctx huma.Context, _ string, v any) (any, error) {
	p, ok := v.(*Problem)
	if !ok || p.Code != "" {
		return v, nil
	}
	r := requestOf(ctx.Context())
	if r == nil {
		return v, nil
	}
	full := r.site.Problem(ctx.Context(), faultOfStatus(r.site, p.Status))
	full.Status = p.Status
	full.setHeaders(ctx)
	return full, nil
}

func (p *Problem) setHeaders(ctx huma.Context) {
	for k := range p.header {
		ctx.SetHeader(k, p.header.Get(k))
	}
}

// faultOfStatus gives the general fault that a bare HTTP status stands for.
func faultOfStatus(s *Site, status int) *fault.Error {
	switch status {
	case http.StatusBadRequest:
		return fault.New(fault.Invalid, "bad_request")
	case http.StatusUnauthorized:
		return fault.New(fault.Unauthenticated, "unauthenticated")
	case http.StatusForbidden:
		return fault.New(fault.Forbidden, "forbidden")
	case http.StatusNotFound, http.StatusGone:
		return fault.New(fault.NotFound, "not_found")
	case http.StatusNotAcceptable:
		return fault.New(fault.Invalid, "not_acceptable")
	case http.StatusRequestTimeout:
		return fault.New(fault.Invalid, "body_timeout")
	case http.StatusConflict:
		return fault.New(fault.Conflict, "conflict")
	case http.StatusPreconditionFailed:
		return fault.New(fault.Conflict, "precondition_failed")
	case http.StatusRequestEntityTooLarge:
		return fault.New(fault.TooLarge, "body_too_large", "limit", s.maxBody())
	case http.StatusUnsupportedMediaType:
		return fault.New(fault.Invalid, "unsupported_media_type")
	case http.StatusUnprocessableEntity:
		return fault.New(fault.Invalid, "validation_failed", "count", 1)
	case http.StatusTooManyRequests:
		return fault.New(fault.TooMany, "rate_limited", "retry_after", time.Second)
	case http.StatusServiceUnavailable:
		return fault.New(fault.Unavailable, "unavailable")
	}
	return fault.New(fault.Internal, "internal")
}

// Fail answers from a huma middleware with the problem document for err.
func Fail(ctx huma.Context, err error) {
	r := requestOf(ctx.Context())
	if r == nil {
		ctx.SetStatus(http.StatusInternalServerError)
		return
	}
	p := r.site.Problem(ctx.Context(), err)
	p.setHeaders(ctx)
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	_ = huma.DefaultJSONFormat.Marshal(ctx.BodyWriter(), p)
}
