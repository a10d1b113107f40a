package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/session"
)

// sessionApproveCmd carries out a sign-out that somebody else ordered.
type sessionApproveCmd struct {
	Order string `arg:""`
}

func (c sessionApproveCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		w, done, err := a.Sessions.Approve(ctx, actor(), c.Order)
		if err != nil {
			return err
		}
		if done.Ended == session.Everybody {
			return e.done(viewOrder(w), "organisation_signed_out")
		}
		return e.done(viewOrder(w), "sessions_ended", "count", done.Ended)
	})
}
