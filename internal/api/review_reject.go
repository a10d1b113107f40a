package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// rejection is why a reviewer says no.
type rejection struct {
	Reason string `json:"reason" doc:"The person is told. At most 500 characters."`
}

// reviewReject ends a closure; the account is then as before.
func (f *face) reviewReject() {
	problems := reviewProblems()
	problems[http.StatusUnprocessableEntity] = []string{"validation_failed"}
	register(f, operation{
		ID: "reject-closure", Method: http.MethodPost, Path: "/v1/reviews/{closure_id}/reject", Tag: tagReviews, Access: role(identity.Reviewer),
		Problems: problems,
	}, func(ctx context.Context, in *struct {
		Review
		Body rejection
	}) (*answer[closureView], error) {
		c, err := f.Closures.Reject(ctx, asReviewer(ctx), in.Closure, in.Body.Reason)
		return f.reviewed(ctx, c, err)
	})
}
