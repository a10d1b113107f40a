package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
)

// Review names a closure under review in the path.
type Review struct {
	Closure string `path:"closure_id" maxLength:"64"`
}

// reviewApprove lets a closure go on. Where the conditions no longer hold, the
// closure ends as refused instead: the answer's state says so.
func (f *face) reviewApprove() {
	register(f, operation{
		ID: "approve-closure", Method: http.MethodPost, Path: "/v1/reviews/{closure_id}/approve", Tag: tagReviews, Access: role(identity.Reviewer),
		Problems: reviewProblems(),
	}, func(ctx context.Context, in *Review) (*answer[closureView], error) {
		c, err := f.Closures.Approve(ctx, asReviewer(ctx), in.Closure)
		return f.reviewed(ctx, c, err)
	})
}

func reviewProblems() map[int][]string {
	return map[int][]string{http.StatusNotFound: {"closure_not_found"}, http.StatusForbidden: {"review_own_closure"},
		http.StatusConflict: {"closure_state", "closure_changed"}}
}

func (f *face) reviewed(ctx context.Context, c closure.Closure, err error) (*answer[closureView], error) {
	if err != nil {
		return nil, err
	}
	v, err := f.Closures.Get(ctx, c.ID, "")
	if err != nil {
		return nil, err
	}
	return &answer[closureView]{Body: shapeClosure(ctx, f.Now(), true)(v)}, nil
}
