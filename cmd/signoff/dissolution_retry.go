package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// dissolutionRetryCmd makes a data holder's part due now. A running server does it.
type dissolutionRetryCmd struct {
	whichDissolution
	Holder string `arg:""`
}

func (c dissolutionRetryCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if err := a.Dissolutions.Retry(ctx, actor(), c.Dissolution, c.Holder); err != nil {
			return err
		}
		return e.done(retryView{c.Dissolution, c.Holder}, "retrying", "holder", c.Holder)
	})
}
