package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type bindingAddCmd struct {
	whom
	Service   string `arg:""`
	Reference string
}

func (c bindingAddCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		b, err := a.Accounts.Bind(ctx, actor(), who.ID, c.Service, c.Reference)
		if err != nil {
			return err
		}
		return e.done(viewBinding(b), "bound", "service", b.Service, "id", b.ID)
	})
}
