package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/policy"
)

// policyValidate checks a policy without keeping it: a good one is explained, a
// bad one refused with line and reason.
func (f *face) policyValidate() {
	register(f, operation{
		ID: "validate-policy", Method: http.MethodPost, Path: "/v1/policies/validate", Tag: tagPolicies, Access: role(identity.Operator), Raw: true,
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"policy_invalid", "upload_not_a_source"}},
	}, func(ctx context.Context, in *Upload) (*answer[policyView], error) {
		source, err := in.source()
		if err != nil {
			return nil, err
		}
		p, err := policy.Parse(source)
		if err != nil {
			return nil, err
		}
		out := explained(ctx, p)
		out.Source = "" // the caller has it
		return &answer[policyView]{Body: out}, nil
	})
}
