package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type closureRejectCmd struct {
	whichClosure
	Reason string `required:""`
}

func (c closureRejectCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		x, err := a.Closures.Reject(ctx, actor(), c.Closure, c.Reason)
		if err != nil {
			return err
		}
		return e.moved(ctx, a, x)
	})
}
