package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// decision is a second person's word on evidence.
type decision struct {
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason,omitempty" maxLength:"500" doc:"Needed where it is not accepted."`
}

// dissolutionReview accepts or rejects evidence. Nobody reviews the own.
func (f *face) dissolutionReview() {
	register(f, operation{
		ID: "review-dissolution-evidence", Method: http.MethodPost, Path: "/v1/dissolutions/{id}/evidence/{evidence_id}/decision", Tag: tagDissolutions,
		Access: role(identity.Operator, identity.Reviewer),
		Problems: map[int][]string{http.StatusForbidden: {"dissolution_own"}, http.StatusNotFound: {"dissolution_not_found", "attestation_not_found"},
			http.StatusConflict: {"dissolution_state", "attestation_decided"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InEvidence
		Body decision
	}) (*answer[dissolutionView], error) {
		by, err := f.asSecondPerson(ctx)
		if err != nil {
			return nil, err
		}
		if err := f.Dissolutions.DecideEvidence(ctx, by, in.ID, in.Evidence, in.Body.Accepted, in.Body.Reason); err != nil {
			return nil, err
		}
		return f.dissolutionFor(ctx, by, in.ID)
	})
}
