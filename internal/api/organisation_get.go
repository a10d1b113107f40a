package api

import (
	"context"
	"net/http"
)

// organisationGet gives one organisation to those who are in it.
func (f *face) organisationGet() {
	register(f, operation{
		ID: "get-organisation", Method: http.MethodGet, Path: "/v1/organisations/{id}", Tag: tagOrganisations, Access: insiders(),
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found"}},
	}, func(ctx context.Context, in *InOrganisation) (*answer[organisationView], error) {
		o, err := f.inside(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[organisationView]{Body: shapeOrganisation(o)}, nil
	})
}
