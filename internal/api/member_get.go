package api

import (
	"context"
	"net/http"
)

// MemberOf names a member of an organisation in the path.
type MemberOf struct {
	InOrganisation
	Account string `path:"account_id" maxLength:"64"`
}

// memberGet gives one member's place.
func (f *face) memberGet() {
	register(f, operation{
		ID: "get-member", Method: http.MethodGet, Path: "/v1/organisations/{id}/members/{account_id}", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusForbidden: {"admin_required"}, http.StatusNotFound: {"organisation_not_found", "member_not_found"}},
	}, func(ctx context.Context, in *MemberOf) (*answer[memberView], error) {
		if _, err := f.manages(ctx, in.ID); err != nil {
			return nil, err
		}
		m, err := f.desk.MustBeMember(ctx, in.ID, in.Account)
		if err != nil {
			return nil, err
		}
		return &answer[memberView]{Body: shapeMember(m)}, nil
	})
}
