package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
)

// orgEndRetryCmd makes a data holder's part due now. A running server does it.
type orgEndRetryCmd struct {
	whichEnd
	Holder string `arg:""`
}

func (c orgEndRetryCmd) Run(ctx context.Context, e *env) error {
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
