package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type dissolutionWithdrawCmd struct{ whichDissolution }

func (c dissolutionWithdrawCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if _, err := a.Dissolutions.Withdraw(ctx, actor(), c.Dissolution); err != nil {
			return err
		}
		return e.whereItStands(ctx, a, c.Dissolution)
	})
}
