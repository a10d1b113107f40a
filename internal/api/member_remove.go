package api

import (
	"context"
	"net/http"
)

// memberRemove takes a member out of an organisation.
func (f *face) memberRemove() {
	register(f, operation{
		ID: "remove-member", Method: http.MethodDelete, Path: "/v1/organisations/{id}/members/{account_id}", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusForbidden: {"admin_required", "owner_required"},
			http.StatusNotFound: {"organisation_not_found", "member_not_found"}, http.StatusConflict: {"last_admin"}},
	}, func(ctx context.Context, in *MemberOf) (*none, error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return nil, f.Access.RemoveMember(ctx, by, in.ID, in.Account, "")
	})
}
