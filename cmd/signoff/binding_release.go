package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type bindingReleaseCmd struct {
	whom
	Binding string `arg:""`
}

func (c bindingReleaseCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Accounts.Release(ctx, actor(), who.ID, c.Binding); err != nil {
			return err
		}
		return e.done(idView{c.Binding}, "released", "id", c.Binding)
	})
}
