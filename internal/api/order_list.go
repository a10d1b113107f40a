package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// orderList gives the sign-outs by order that wait or waited for a second person,
// the newest first.
func (f *face) orderList() {
	register(f, operation{
		ID: "list-sign-out-orders", Method: http.MethodGet, Path: "/v1/sign-out-orders", Tag: tagSessions, Access: managers(),
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		Page
		Organisation string `query:"organisation_id" maxLength:"64" doc:"Operators may leave it out: the orders of all."`
	}) (*answer[list[waitingOrder]], error) {
		before, err := in.after()
		if err != nil {
			return nil, err
		}
		by, err := f.commander(ctx)
		if err != nil {
			return nil, err
		}
		if by.Kind != audit.KindOperator && in.Organisation == "" {
			return nil, fault.Wrong().At("query.organisation_id", "required")
		}
		all, err := f.Sessions.Orders(ctx, by, in.Organisation, before, in.more())
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, all, func(w session.Waiting) string { return w.ID }, shapeOrder), nil
	})
}
