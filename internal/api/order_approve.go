package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/session"
)

// orderApprove lets an order be carried out, by somebody else than gave it.
func (f *face) orderApprove() {
	register(f, operation{
		ID: "approve-sign-out-order", Method: http.MethodPost, Path: "/v1/sign-out-orders/{id}/approve", Tag: tagSessions, Access: managers(),
		Problems: orderDecisions(),
	}, func(ctx context.Context, in *ByID) (*answer[waitingOrder], error) {
		by, err := f.commander(ctx)
		if err != nil {
			return nil, err
		}
		w, done, err := f.Sessions.Approve(ctx, by, in.ID)
		if err != nil {
			return nil, err
		}
		out := shapeOrder(w)
		if done.Ended != session.Everybody {
			out.Ended = &done.Ended
		}
		return &answer[waitingOrder]{Body: out}, nil
	})
}
