package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/closure"
)

type closureApproveCmd struct{ whichClosure }

func (c closureApproveCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		x, err := a.Closures.Approve(ctx, actor(), c.Closure)
		if err != nil {
			return err
		}
		return e.moved(ctx, a, x)
	})
}

// moved says in which state a decision has left a closure.
func (e *env) moved(ctx context.Context, a *app.App, x closure.Closure) error {
	v, err := a.Closures.Get(ctx, x.ID, "")
	if err != nil {
		return err
	}
	return e.done(e.viewClosure(v.Closure, v.Policy, a.Closures.Now()), "closure_now", "state", e.word(string(v.State)))
}
