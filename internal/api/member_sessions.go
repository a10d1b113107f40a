package api

import (
	"context"
	"net/http"
)

// memberSessions gives a member's valid sessions to those who may end them.
func (f *face) memberSessions() {
	register(f, operation{
		ID: "list-member-sessions", Method: http.MethodGet, Path: "/v1/organisations/{id}/members/{account_id}/sessions", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusForbidden: {"admin_required", "owner_required"}, http.StatusNotFound: {"organisation_not_found", "member_not_found"}},
	}, func(ctx context.Context, in *MemberOf) (*answer[list[sessionView]], error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if _, err := f.desk.MustBeMember(ctx, in.ID, in.Account); err != nil {
			return nil, err
		}
		all, err := f.Sessions.SessionsOf(ctx, by, in.ID, in.Account)
		if err != nil {
			return nil, err
		}
		return &answer[list[sessionView]]{Body: list[sessionView]{Items: each(all, shapeSession(ctx, principalOf(ctx).Session.ID))}}, nil
	})
}
