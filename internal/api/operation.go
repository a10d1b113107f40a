package api

import (
	"context"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/language"
)

// operation is how an action looks from outside. Its summary and description
// are in the catalogue, under api.<ID>.summary and api.<ID>.description.
type operation struct {
	ID     string
	Method string
	Path   string
	Tag    string
	Access admission
	// Status is that of success; 0 means 200, or 204 for an action without an answer.
	Status int
	// Also is a second status of success with the same answer; 0 is none.
	Also int
	// Creates makes the action take an Idempotency-Key. Never set it where the
	// answer holds a secret: answers are kept.
	Creates bool
	// Gives is the media type of an answer that is not JSON of a shape.
	Gives string
	// Raw says that the body is handed on as it came.
	Raw bool
	// Takes are the media types of a large body, which the action receives by
	// itself, up to Limit bytes.
	Takes []string
	Limit int64
	// Problems lists the codes that the action answers with by itself, by status.
	// Those that every request can get are in the reference of problem codes.
	Problems map[int][]string
}

// none is the input or the answer of an action that has none.
type none struct{}

// answer is an answer with a body.
type answer[T any] struct {
	Body T
}

// created is the answer to a POST that made something.
type created[T any] struct {
	Location string `header:"Location"`
	Body     T
}

// file is an answer of exact bytes.
type file struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// ByID names one thing by the id in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64"`
}

// register adds an operation: its documents, who may call it, and what it does.
func register[I, O any](f *face, op operation, do func(context.Context, *I) (*O, error)) {
	english := func(part string) string {
		if key := "api." + op.ID + part; f.site.Texts.Has(language.English, key) {
			return f.site.Texts.Text(language.English, key, nil)
		}
		return ""
	}
	out := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Tags: []string{op.Tag}, DefaultStatus: op.Status,
		Summary: english(".summary"), Description: english(".description"),
		Security: op.Access.security(), Responses: f.problems(op), SkipValidateBody: op.Raw,
		Extensions: map[string]any{"x-access": op.Access.String()},
	}
	out.Middlewares = append(out.Middlewares, f.admit(op.Access))
	if op.Creates && f.idempotency != nil {
		f.idempotency.Document(&out)
	}
	if op.Gives != "" {
		status := strconv.Itoa(max(op.Status, http.StatusOK))
		out.Responses[status] = &huma.Response{Description: http.StatusText(max(op.Status, http.StatusOK)),
			Content: map[string]*huma.MediaType{op.Gives: {Schema: &huma.Schema{Type: huma.TypeString}}}}
	}
	huma.Register(f.huma, out, do)
	if op.Also != 0 {
		responses := f.huma.OpenAPI().Paths[op.Path].Post.Responses
		also := *responses[strconv.Itoa(max(op.Status, http.StatusOK))]
		also.Description = http.StatusText(op.Also)
		responses[strconv.Itoa(op.Also)] = &also
	}
	if len(op.Takes) > 0 {
		f.large(op)
	}
}

// large lets a POST receive its body by itself. It is documented afterwards,
// because huma reads, whole, every body that it knows of.
func (f *face) large(op operation) {
	f.site.Large(op.Method+" "+op.Path, op.Limit)
	body := &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
	for _, t := range op.Takes {
		body.Content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	f.huma.OpenAPI().Paths[op.Path].Post.RequestBody = body
}

// problems documents how an operation can fail.
func (f *face) problems(op operation) map[string]*huma.Response {
	all := map[int][]string{}
	for status, codes := range op.Problems {
		all[status] = slices.Clone(codes)
	}
	for status, codes := range op.Access.problems() {
		all[status] = append(all[status], codes...)
	}
	schema := f.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[httpserver.Problem](), true, "Problem")
	content := map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}
	out := map[string]*huma.Response{
		"default": {Description: f.site.Texts.Text(language.English, "api.any_problem", nil), Content: content},
	}
	for _, status := range slices.Sorted(maps.Keys(all)) {
		codes := slices.Compact(slices.Sorted(slices.Values(all[status])))
		out[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status) + ": " + strings.Join(codes, ", "),
			Content: content, Extensions: map[string]any{"x-problem-codes": codes}}
	}
	return out
}
