package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// newOrganisation is what an organisation begins with.
type newOrganisation struct {
	Name string `json:"name" minLength:"1" maxLength:"200"`
}

// organisationCreate makes an organisation without members.
func (f *face) organisationCreate() {
	register(f, operation{
		ID: "create-organisation", Method: http.MethodPost, Path: "/v1/organisations", Tag: tagOrganisations, Access: role(identity.Operator),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Body newOrganisation }) (*created[organisationView], error) {
		o, err := f.Orgs.Create(ctx, asOperator(ctx), in.Body.Name)
		if err != nil {
			return nil, err
		}
		return &created[organisationView]{Location: "/v1/organisations/" + o.ID, Body: shapeOrganisation(o)}, nil
	})
}
