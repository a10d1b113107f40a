package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// sessionRefuseCmd ends an order that somebody else gave.
type sessionRefuseCmd struct {
	Order string `arg:""`
}

func (c sessionRefuseCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		w, err := a.Sessions.Refuse(ctx, actor(), c.Order)
		if err != nil {
			return err
		}
		return e.done(viewOrder(w), "sign_out_refused")
	})
}
