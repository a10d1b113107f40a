package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/org"
)

// newPlace is somebody's place in an organisation.
type newPlace struct {
	DepartmentID string   `json:"department_id,omitempty" maxLength:"64"`
	Role         string   `json:"role" enum:"creator,super_admin,admin,member"`
	Offices      []string `json:"offices,omitempty" nullable:"false" uniqueItems:"true" enum:"legal_representative,finance_officer"`
}

// memberPut changes a member's place, or, by an operator, makes somebody a
// member. An admin cannot: whoever could pull any account into the own
// organisation would then reach it there.
func (f *face) memberPut() {
	register(f, operation{
		ID: "put-member", Method: http.MethodPut, Path: "/v1/organisations/{id}/members/{account_id}", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusForbidden: {"admin_required", "owner_required"}, http.StatusConflict: {"account_ending", "last_admin"},
			http.StatusNotFound:            {"organisation_not_found", "member_not_found", "department_not_found", "account_not_found"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		MemberOf
		Body newPlace
	}) (*answer[memberView], error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		err = f.Orgs.PutMember(ctx, by, org.Member{Organisation: in.ID, Account: in.Account,
			Department: in.Body.DepartmentID, Role: in.Body.Role, Offices: in.Body.Offices})
		if err != nil {
			return nil, err
		}
		m, err := f.desk.MustBeMember(ctx, in.ID, in.Account)
		if err != nil {
			return nil, err
		}
		return &answer[memberView]{Body: shapeMember(m)}, nil
	})
}
