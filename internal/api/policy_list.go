package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/policy"
)

// policyList gives all versions of all policies, by name, the newest first.
func (f *face) policyList() {
	register(f, operation{
		ID: "list-policies", Method: http.MethodGet, Path: "/v1/policies", Tag: tagPolicies, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[list[policyView]], error) {
		all, err := f.Closures.ListPolicies(ctx)
		if err != nil {
			return nil, err
		}
		shape := func(p *policy.Policy) policyView { return shapePolicy(ctx, p) }
		return &answer[list[policyView]]{Body: list[policyView]{Items: each(all, shape)}}, nil
	})
}
