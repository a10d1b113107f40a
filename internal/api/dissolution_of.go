package api

import (
	"context"
	"net/http"
)

// dissolutionOf gives the newest dissolution of an organisation.
func (f *face) dissolutionOf() {
	register(f, operation{
		ID: "get-organisation-dissolution", Method: http.MethodGet, Path: "/v1/organisations/{id}/dissolution", Tag: tagDissolutions, Access: onlookers(),
		Problems: map[int][]string{http.StatusNotFound: {"dissolution_not_found"}},
	}, func(ctx context.Context, in *InOrganisation) (*answer[dissolutionView], error) {
		by, err := f.asOnlooker(ctx)
		if err != nil {
			return nil, err
		}
		v, err := f.Dissolutions.OfOrganisation(ctx, by, in.ID)
		if err != nil {
			return nil, err
		}
		return f.dissolutionFor(ctx, by, v.ID)
	})
}
