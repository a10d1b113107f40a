package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/dissolution"
)

// newDissolution is how an organisation is to end.
type newDissolution struct {
	Kind        string `json:"kind" enum:"general,simple" doc:"Decides for how long the public notice stands: 45 or 20 days."`
	SuccessorID string `json:"successor_id,omitempty" maxLength:"64" doc:"Another organisation that takes over what data holders hand over; the caller must lead it, too."`
}

// dissolutionStart begins a dissolution (企业注销).
func (f *face) dissolutionStart() {
	register(f, operation{
		ID: "start-dissolution", Method: http.MethodPost, Path: "/v1/organisations/{id}/dissolution", Tag: tagDissolutions, Access: leaders().fresh(),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusForbidden: {"dissolution_rights_required"}, http.StatusNotFound: {"organisation_not_found"},
			http.StatusConflict: {"dissolution_open", "organisation_ending"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InOrganisation
		Body newDissolution
	}) (*answer[dissolutionView], error) {
		by, err := f.asLeader(ctx)
		if err != nil {
			return nil, err
		}
		d, err := f.Dissolutions.Start(ctx, by, in.ID, dissolution.Kind(in.Body.Kind), in.Body.SuccessorID)
		if err != nil {
			return nil, err
		}
		return f.dissolutionFor(ctx, by, d.ID)
	})
}
