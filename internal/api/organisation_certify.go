package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// certification is how far an enterprise certification is (企业认证).
type certification struct {
	Certification string `json:"certification" enum:"none,in_progress,certified"`
}

// organisationCertify records how far an organisation's certification is.
func (f *face) organisationCertify() {
	register(f, operation{
		ID: "set-certification", Method: http.MethodPut, Path: "/v1/organisations/{id}/certification", Tag: tagOrganisations, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found"}},
	}, func(ctx context.Context, in *struct {
		InOrganisation
		Body certification
	}) (*none, error) {
		return nil, f.Orgs.SetCertification(ctx, asOperator(ctx), in.ID, in.Body.Certification)
	})
}
