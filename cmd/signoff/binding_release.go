package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type bindingReleaseCmd struct {
	whom
	Binding string `arg:""`
}

func (c bindingReleaseCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Accounts.Release(ctx, actor(), who.ID, c.Binding); err != nil {
			return err
		}
		return e.done(idView{c.Binding}, "released", "id", c.Binding)
	})
}
