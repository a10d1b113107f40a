package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// closureRetryCmd makes a data holder's part due now. A running server does it.
type closureRetryCmd struct {
	whichClosure
	Holder string `arg:""`
}

type retryView struct {
	Closure string `json:"closure_id"`
	Holder  string `json:"holder"`
}

func (c closureRetryCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if _, err := a.Closures.Get(ctx, c.Closure, ""); err != nil {
			return err
		}
		if err := a.Closures.Retry(ctx, actor(), c.Closure, c.Holder); err != nil {
			return err
		}
		return e.done(retryView{c.Closure, c.Holder}, "retrying", "holder", c.Holder)
	})
}
