package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/policy"
)

// closureConditions says what of a policy's conditions holds for the caller
// now. Nothing is kept: ask again after something was resolved.
func (f *face) closureConditions() {
	register(f, operation{
		ID: "get-closure-conditions", Method: http.MethodGet, Path: "/v1/closure/conditions", Tag: tagClosures, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"policy_not_found"}},
	}, func(ctx context.Context, in *struct {
		Policy string `query:"policy" maxLength:"64" doc:"Left out: the default policy."`
	}) (*answer[conditions], error) {
		return f.conditionsOf(ctx, principalOf(ctx).Account(), in.Policy)
	})
}

func (f *face) conditionsOf(ctx context.Context, account, name string) (*answer[conditions], error) {
	p, results, err := f.Closures.Conditions(ctx, account, name)
	if err != nil {
		return nil, err
	}
	lang := httpserver.Language(ctx)
	return &answer[conditions]{Body: conditions{Policy: shapeRef(ctx, p), Met: closure.Met(results),
		Conditions: each(results, shapeCondition(ctx)),
		Warning:    p.Texts[policy.TextWarning].In(lang), Alternatives: p.Texts[policy.TextAlternatives].In(lang)}}, nil
}
