package api

import (
	"context"
	"net/http"
)

// organisationLeave takes the caller out of an organisation and ends the
// other sessions. A creator and a
// super admin hand the role over first: an organisation is never left without.
func (f *face) organisationLeave() {
	register(f, operation{
		ID: "leave-organisation", Method: http.MethodDelete, Path: "/v1/account/memberships/{organisation_id}", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found"}, http.StatusConflict: {"handover_required"}},
	}, func(ctx context.Context, in *struct {
		Organisation string `path:"organisation_id" maxLength:"64"`
	}) (*none, error) {
		return nil, f.Access.Leave(ctx, asMember(ctx), in.Organisation, principalOf(ctx).Session.ID)
	})
}
