package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type arrearSettleCmd struct {
	whom
	Arrear string `arg:""`
}

func (c arrearSettleCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Accounts.SettleArrear(ctx, actor(), who.ID, c.Arrear); err != nil {
			return err
		}
		return e.done(idView{c.Arrear}, "settled", "id", c.Arrear)
	})
}
