package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
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
		who := caller(ctx).account()
		m, err := f.membership(ctx, in.Organisation, who)
		switch {
		case err != nil:
			return nil, err
		case m.Account == "":
			return nil, org.ErrNoOrganisation()
		case m.Role == org.Creator || m.Role == org.SuperAdmin:
			return nil, fault.New(fault.Conflict, "handover_required", "role", m.Role)
		}
		return nil, f.Access.RemoveMember(ctx, asMember(ctx), in.Organisation, who, caller(ctx).session.ID)
	})
}
