package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/org"
)

// memberList gives an organisation's members.
func (f *face) memberList() {
	register(f, operation{
		ID: "list-members", Method: http.MethodGet, Path: "/v1/organisations/{id}/members", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusForbidden: {"admin_required"}, http.StatusNotFound: {"organisation_not_found"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InOrganisation
		Page
	}) (*answer[list[memberView]], error) {
		if _, err := f.manages(ctx, in.ID); err != nil {
			return nil, err
		}
		after, err := in.after()
		if err != nil {
			return nil, err
		}
		all, err := f.Orgs.Members(ctx, in.ID, after, in.more())
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, all, func(m org.Member) string { return m.Account }, shapeMember), nil
	})
}
