package main

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// initCmd makes the first operator of an installation.
type initCmd struct {
	newPerson
	passwordFrom
	ForceNew bool
}

func (c initCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if !c.ForceNew {
			have, err := anOperator(ctx, a)
			if err != nil {
				return err
			}
			if have {
				return fault.New(fault.Conflict, "operator_exists")
			}
		}
		in := c.account()
		var err error
		if in.Password, err = c.read(e); err != nil {
			return err
		}
		made, err := a.Accounts.Create(ctx, actor(), in)
		if err != nil {
			return err
		}
		if err := a.Accounts.Grant(ctx, actor(), made.ID, identity.Operator); err != nil {
			return err
		}
		return e.done(viewAccount(made), "initialised", "id", made.ID, "keys", a.Config.KeysPath())
	})
}

// anOperator says whether some account may run this installation already.
func anOperator(ctx context.Context, a *app.App) (bool, error) {
	after := ""
	for {
		some, err := a.Accounts.List(ctx, identity.Filter{After: after, Limit: 500})
		if err != nil || len(some) == 0 {
			return false, err
		}
		for _, x := range some {
			roles, err := a.Accounts.Grants(ctx, x.ID)
			if err != nil || slices.Contains(roles, identity.Operator) {
				return err == nil, err
			}
			after = x.ID
		}
	}
}
