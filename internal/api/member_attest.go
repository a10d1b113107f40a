package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/org"
)

// newAttestation is evidence that a duty tied to an office has been met.
type newAttestation struct {
	Kind     string `json:"kind" enum:"tax_deregistration,social_insurance_exit"`
	Evidence string `json:"evidence" minLength:"1" maxLength:"500" doc:"The document's number, or a link to it."`
}

// memberAttest records that a legal representative or a finance officer has met
// a duty (税务注销, 社保退工). Nobody does so for the own duties.
func (f *face) memberAttest() {
	register(f, operation{
		ID: "add-attestation", Method: http.MethodPost, Path: "/v1/organisations/{id}/members/{account_id}/attestations", Tag: tagOrganisations, Access: managers(),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusForbidden: {"admin_required", "own_attestation"}, http.StatusNotFound: {"organisation_not_found", "member_not_found"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		MemberOf
		Body newAttestation
	}) (*answer[attestationView], error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if _, err := f.desk.MustBeMember(ctx, in.ID, in.Account); err != nil {
			return nil, err
		}
		a, err := f.Orgs.Attest(ctx, by, org.Attestation{Account: in.Account, Organisation: in.ID, Kind: in.Body.Kind, Evidence: in.Body.Evidence})
		if err != nil {
			return nil, err
		}
		return &answer[attestationView]{Body: shapeAttestation(a)}, nil
	})
}
