package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type arrearAddCmd struct {
	whom
	Amount    int64  `required:""`
	Currency  string `default:"CNY"`
	Reference string
}

func (c arrearAddCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		x, err := a.Accounts.AddArrear(ctx, actor(), identity.Arrear{Account: who.ID, Amount: c.Amount, Currency: c.Currency, Reference: c.Reference})
		if err != nil {
			return err
		}
		return e.done(viewArrear(x), "arrear_added", "amount", money(x.Amount, x.Currency), "id", x.ID)
	})
}
