package api

import (
	"context"
	"net/http"
)

// ownFactorList lists the caller's factors.
func (f *face) ownFactorList() {
	register(f, operation{
		ID: "list-own-factors", Method: http.MethodGet, Path: "/v1/account/factors", Tag: tagAccount, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[factorsView], error) {
		all, err := f.Access.Factors(ctx, principalOf(ctx).Account())
		if err != nil {
			return nil, err
		}
		return &answer[factorsView]{Body: shapeFactors(all)}, nil
	})
}
