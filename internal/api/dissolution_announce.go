package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/dissolution"
)

// dissolutionAnnounce records the public notice, and starts its clock.
func (f *face) dissolutionAnnounce() {
	register(f, operation{
		ID: "announce-dissolution", Method: http.MethodPost, Path: "/v1/dissolutions/{id}/notice", Tag: tagDissolutions, Access: leaders(),
		Problems: map[int][]string{http.StatusForbidden: {"dissolution_rights_required"}, http.StatusNotFound: {"dissolution_not_found"},
			http.StatusConflict:            {"dissolution_state", "prerequisites_missing", "notice_reference_taken"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InDissolution
		Body publicNotice
	}) (*answer[dissolutionView], error) {
		by, err := f.asLeader(ctx)
		if err != nil {
			return nil, err
		}
		n := dissolution.Notice{Published: in.Body.PublishedOn, Media: in.Body.Media, Reference: in.Body.Reference}
		if _, err := f.Dissolutions.Announce(ctx, by, in.ID, n); err != nil {
			return nil, err
		}
		return f.dissolutionFor(ctx, by, in.ID)
	})
}
