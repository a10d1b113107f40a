package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type arrearSettleCmd struct {
	whom
	Arrear string `arg:""`
}

func (c arrearSettleCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Accounts.SettleArrear(ctx, actor(), who.ID, c.Arrear); err != nil {
			return err
		}
		return e.done(idView{c.Arrear}, "settled", "id", c.Arrear)
	})
}
