package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type accountCreateCmd struct {
	newPerson
	passwordFrom
	NoPassword bool `xor:"password"`
}

func (c accountCreateCmd) Run(ctx context.Context, e *env) error {
	in := c.account()
	if !c.NoPassword {
		var err error
		if in.Password, err = c.read(e); err != nil {
			return err
		}
	}
	return e.open(ctx, func(a *app.App) error {
		made, err := a.Accounts.Create(ctx, actor(), in)
		if err != nil {
			return err
		}
		return e.done(viewAccount(made), "account_created", "id", made.ID)
	})
}
