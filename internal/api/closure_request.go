package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/policy"
)

// newClosure is a wish to close the own account.
type newClosure struct {
	Policy      string `json:"policy,omitempty" maxLength:"64" example:"wecom" doc:"One of the policies that the operator offers. Left out: the default one."`
	SuccessorID string `json:"successor_id,omitempty" maxLength:"64" doc:"The account that takes over what belongs to an organisation. It must be in one of the caller's."`
}

// closureRequest begins a closure of the own account. Nothing happens to the
// account until identity is proved.
func (f *face) closureRequest() {
	register(f, operation{
		ID: "request-closure", Method: http.MethodPost, Path: "/v1/closures", Tag: tagClosures, Access: everyAccount(),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusNotFound: {"policy_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusConflict: {"conditions_not_met", "closure_open"}},
	}, func(ctx context.Context, in *struct{ Body newClosure }) (*created[closureView], error) {
		who := principalOf(ctx).Account()
		c, results, err := f.Closures.Request(ctx, who, in.Body.Policy, in.Body.SuccessorID)
		if err != nil {
			return nil, f.inWords(ctx, err, results)
		}
		v, err := f.Closures.Get(ctx, c.ID, who)
		if err != nil {
			return nil, err
		}
		return &created[closureView]{Location: "/v1/closures/" + c.ID, Body: shapeClosure(ctx, f.Now(), false)(v)}, nil
	})
}

// inWords lets a refusal for unmet conditions say what the policy's author has
// written about each of them. Any other error stays as it is.
func (f *face) inWords(ctx context.Context, err error, results []policy.Result) error {
	if !fault.Is(err, "conditions_not_met") {
		return err
	}
	lang := httpserver.Language(ctx)
	problem := f.site.Problem(ctx, err)
	for i, field := range problem.Errors {
		for _, r := range results {
			if r.Code == field.Path && !r.Met {
				problem.Errors[i].Detail = r.Text.In(lang)
			}
		}
	}
	return problem
}
