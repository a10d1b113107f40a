package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// policyInstall keeps a policy as a new version. Closures that run keep theirs.
func (f *face) policyInstall() {
	register(f, operation{
		ID: "install-policy", Method: http.MethodPost, Path: "/v1/policies", Tag: tagPolicies, Access: role(identity.Operator),
		Status: http.StatusCreated, Creates: true, Raw: true,
		Problems: map[int][]string{http.StatusConflict: {"policy_version_exists"}, http.StatusUnprocessableEntity: {"policy_invalid", "upload_not_a_source"}},
	}, func(ctx context.Context, in *Upload) (*created[policyView], error) {
		source, err := in.source()
		if err != nil {
			return nil, err
		}
		p, err := f.Closures.InstallPolicy(ctx, asOperator(ctx), source)
		if err != nil {
			return nil, err
		}
		return &created[policyView]{Location: "/v1/policies/" + p.Name, Body: explained(ctx, p)}, nil
	})
}
