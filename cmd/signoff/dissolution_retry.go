package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
)

// dissolutionRetryCmd makes a data holder's part due now. A running server does it.
type dissolutionRetryCmd struct {
	whichDissolution
	Holder string `arg:""`
}

func (c dissolutionRetryCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		open, err := a.Dissolutions.Retry(ctx, actor(), c.Dissolution, c.Holder)
		if err != nil {
			return err
		}
		if !open {
			return fault.New(fault.Conflict, "nothing_to_retry", "holder", c.Holder)
		}
		return e.done(retryView{c.Dissolution, c.Holder}, "retrying", "holder", c.Holder)
	})
}
