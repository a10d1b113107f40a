package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
)

// holderChecked is a data holder's answer to a check.
type holderChecked struct {
	OK     bool                      `json:"ok" doc:"Whether the holder can do what its description says."`
	Code   string                    `json:"code,omitempty" doc:"What is wrong."`
	Detail string                    `json:"detail,omitempty" doc:"In the caller's language."`
	Errors []httpserver.ProblemField `json:"errors,omitempty" nullable:"false" doc:"The places in the holder's configuration that are wrong, such as a line of its mapping."`
}

// holderCheck asks a data holder whether it is reachable and shaped as its
// configuration believes. That something is wrong there is an answer, and no
// failure of the request.
func (f *face) holderCheck() {
	register(f, operation{
		ID: "check-holder", Method: http.MethodPost, Path: "/v1/holders/{name}/check", Tag: tagHolders, Access: role(identity.Operator, identity.Auditor),
		Problems: map[int][]string{http.StatusNotFound: {"holder_unknown"}},
	}, func(ctx context.Context, in *ByName) (*answer[holderChecked], error) {
		h, err := f.Closures.Holders.Get(in.Name)
		if err != nil {
			return nil, err
		}
		err = h.Check(ctx)
		if err == nil {
			return &answer[holderChecked]{Body: holderChecked{OK: true}}, nil
		}
		if ctx.Err() != nil || fault.Of(err).Code == "internal" {
			return nil, err
		}
		e := fault.Of(err)
		lang := httpserver.Language(ctx)
		out := &answer[holderChecked]{Body: holderChecked{Code: e.Code, Detail: f.site.Texts.Text(lang, "fault."+e.Code, e.Args)}}
		for _, field := range e.Fields {
			out.Body.Errors = append(out.Body.Errors, httpserver.ProblemField{Path: field.Path, Code: field.Code, Detail: f.site.Texts.Field(lang, field)})
		}
		return out, nil
	})
}
