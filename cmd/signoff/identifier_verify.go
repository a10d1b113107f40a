package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type identifierVerifyCmd struct{ nameOfAccount }

func (c identifierVerifyCmd) Run(ctx context.Context, e *env) error {
	raw, err := c.raw()
	if err != nil {
		return err
	}
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Accounts.VouchIdentifier(ctx, actor(), who.ID, raw); err != nil {
			return err
		}
		return e.done(identifierView{Kind: raw.Kind, Value: raw.Value}, "identifier_vouched", "kind", e.word(raw.Kind), "value", raw.Value)
	})
}
