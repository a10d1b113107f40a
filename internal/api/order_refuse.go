package api

import (
	"context"
	"net/http"
)

// orderRefuse ends an order that waits; nobody is signed out.
func (f *face) orderRefuse() {
	register(f, operation{
		ID: "refuse-sign-out-order", Method: http.MethodPost, Path: "/v1/sign-out-orders/{id}/refuse", Tag: tagSessions, Access: managers(),
		Problems: orderDecisions(),
	}, func(ctx context.Context, in *ByID) (*answer[waitingOrder], error) {
		by, err := f.commander(ctx)
		if err != nil {
			return nil, err
		}
		w, err := f.Sessions.Refuse(ctx, by, in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[waitingOrder]{Body: shapeOrder(w)}, nil
	})
}
