package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/session"
)

// orderGet gives one order with what it would end now.
func (f *face) orderGet() {
	register(f, operation{
		ID: "get-sign-out-order", Method: http.MethodGet, Path: "/v1/sign-out-orders/{id}", Tag: tagSessions, Access: managers(),
		Problems: map[int][]string{http.StatusNotFound: {"sign_out_order_not_found"}},
	}, func(ctx context.Context, in *ByID) (*answer[waitingOrder], error) {
		by, err := f.commander(ctx)
		if err != nil {
			return nil, err
		}
		w, would, err := f.Sessions.Order(ctx, by, in.ID)
		if err != nil {
			return nil, err
		}
		out := shapeOrder(w)
		if w.State == session.OrderWaiting {
			out.WouldEnd = shapeAffected(would)
		}
		return &answer[waitingOrder]{Body: out}, nil
	})
}
