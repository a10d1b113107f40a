package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type bindingAddCmd struct {
	whom
	Service   string `arg:""`
	Reference string
}

func (c bindingAddCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		b, err := a.Accounts.Bind(ctx, actor(), who.ID, c.Service, c.Reference)
		if err != nil {
			return err
		}
		return e.done(viewBinding(b), "bound", "service", b.Service, "id", b.ID)
	})
}
