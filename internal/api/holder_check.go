package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
)

// holderChecked is a data holder's answer to a check.
type holderChecked struct {
	At     time.Time                 `json:"at"`
	OK     bool                      `json:"ok" doc:"Whether the holder can do what its description says."`
	Code   string                    `json:"code,omitempty" doc:"What is wrong."`
	Detail string                    `json:"detail,omitempty" doc:"In the caller's language."`
	Errors []httpserver.ProblemField `json:"errors,omitempty" nullable:"false" doc:"The places in the holder's configuration that are wrong, such as a line of its mapping."`
}

func (f *face) shapeCheck(ctx context.Context, c holder.LastCheck) holderChecked {
	out := holderChecked{At: c.At.UTC(), OK: c.Problem == nil}
	if c.Problem == nil {
		return out
	}
	lang := httpserver.Language(ctx)
	out.Code, out.Detail = c.Problem.Code, f.site.Texts.Text(lang, "fault."+c.Problem.Code, c.Problem.Args)
	for _, field := range c.Problem.Fields {
		out.Errors = append(out.Errors, httpserver.ProblemField{Path: field.Path, Code: field.Code, Detail: f.site.Texts.Field(lang, field)})
	}
	return out
}

// holderCheck asks a data holder whether it is reachable and shaped as its
// configuration believes. That something is wrong there is an answer, and no
// failure of the request.
func (f *face) holderCheck() {
	register(f, operation{
		ID: "check-holder", Method: http.MethodPost, Path: "/v1/holders/{name}/check", Tag: tagHolders, Access: role(identity.Operator, identity.Auditor),
		Problems: map[int][]string{http.StatusNotFound: {"holder_unknown"}},
	}, func(ctx context.Context, in *ByName) (*answer[holderChecked], error) {
		done, err := f.Holders.Check(ctx, in.Name)
		if err != nil {
			return nil, err
		}
		return &answer[holderChecked]{Body: f.shapeCheck(ctx, done)}, nil
	})
}
