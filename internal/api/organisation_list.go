package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// organisationList gives all organisations, the oldest first.
func (f *face) organisationList() {
	register(f, operation{
		ID: "list-organisations", Method: http.MethodGet, Path: "/v1/organisations", Tag: tagOrganisations, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Page }) (*answer[list[organisationView]], error) {
		after, err := in.after()
		if err != nil {
			return nil, err
		}
		all, err := f.Orgs.List(ctx, after, in.more())
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, all, func(o org.Organisation) string { return o.ID }, shapeOrganisation), nil
	})
}
