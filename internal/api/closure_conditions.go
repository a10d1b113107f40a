package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/policy"
)

// closureConditions says what of an offered policy's conditions holds for the caller
// now. Nothing is kept: ask again after something was resolved.
func (f *face) closureConditions() {
	register(f, operation{
		ID: "get-closure-conditions", Method: http.MethodGet, Path: "/v1/closure/conditions", Tag: tagClosures, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"policy_not_found"}},
	}, func(ctx context.Context, in *struct {
		Policy string `query:"policy" maxLength:"64" doc:"One of the policies that the operator offers. Left out: the default one."`
	}) (*answer[conditions], error) {
		p, results, err := f.Closures.Conditions(ctx, principalOf(ctx).Account(), in.Policy)
		if err != nil {
			return nil, err
		}
		return shapeConditions(ctx, p, results), nil
	})
}

func shapeConditions(ctx context.Context, p *policy.Policy, results []policy.Result) *answer[conditions] {
	lang := httpserver.Language(ctx)
	return &answer[conditions]{Body: conditions{Policy: shapeRef(ctx, p), Met: closure.Met(results),
		Conditions: each(results, shapeCondition(ctx)),
		Warning:    p.Texts[policy.TextWarning].In(lang), Alternatives: p.Texts[policy.TextAlternatives].In(lang)}}
}
