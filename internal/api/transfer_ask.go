package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/org"
)

// newTransfer is what the caller wants to hand over, and to whom.
type newTransfer struct {
	OrganisationID string   `json:"organisation_id" minLength:"1" maxLength:"64"`
	SuccessorID    string   `json:"successor_id" minLength:"1" maxLength:"64" doc:"Another member of the organisation."`
	Role           string   `json:"role,omitempty" enum:"creator,super_admin" doc:"The caller's own role. Left out: it stays."`
	Offices        []string `json:"offices,omitempty" nullable:"false" uniqueItems:"true" enum:"legal_representative,finance_officer"`
}

// transferAsk asks a successor to take over the caller's role or offices.
func (f *face) transferAsk() {
	register(f, operation{
		ID: "ask-role-transfer", Method: http.MethodPost, Path: "/v1/account/role-transfers", Tag: tagAccount, Access: everyAccount().fresh(),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found"}, http.StatusConflict: {"not_the_holder", "transfer_open"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Body newTransfer }) (*answer[transferView], error) {
		t, err := f.Orgs.AskTransfer(ctx, principalOf(ctx).Account(), org.NewTransfer{Organisation: in.Body.OrganisationID,
			Successor: in.Body.SuccessorID, Role: in.Body.Role, Offices: in.Body.Offices})
		if err != nil {
			return nil, err
		}
		return &answer[transferView]{Body: shapeTransfer(t)}, nil
	})
}
