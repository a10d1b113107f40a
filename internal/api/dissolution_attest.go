package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/dissolution"
)

// newEvidence is the evidence for one prerequisite.
type newEvidence struct {
	Kind      string `json:"kind" enum:"tax_clearance,social_insurance_exit,no_arrears"`
	Reference string `json:"reference" minLength:"1" maxLength:"200" doc:"The document's number."`
	FileName  string `json:"file_name,omitempty" maxLength:"200"`
	Content   []byte `json:"content" doc:"The file: a PDF, PNG or JPEG of at most 700 KiB."`
}

// dissolutionAttest adds evidence; a second person reviews it.
func (f *face) dissolutionAttest() {
	register(f, operation{
		ID: "add-dissolution-evidence", Method: http.MethodPost, Path: "/v1/dissolutions/{id}/evidence", Tag: tagDissolutions, Access: leaders(),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusForbidden: {"dissolution_rights_required"}, http.StatusNotFound: {"dissolution_not_found"},
			http.StatusConflict: {"dissolution_state", "evidence_full"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InDissolution
		Body newEvidence
	}) (*answer[evidenceView], error) {
		by, err := f.asLeader(ctx)
		if err != nil {
			return nil, err
		}
		a, err := f.Dissolutions.Attest(ctx, by, dissolution.Attestation{Dissolution: in.ID, Kind: in.Body.Kind,
			Reference: in.Body.Reference, FileName: in.Body.FileName}, in.Body.Content)
		if err != nil {
			return nil, err
		}
		return &answer[evidenceView]{Body: shapeEvidence(a)}, nil
	})
}
