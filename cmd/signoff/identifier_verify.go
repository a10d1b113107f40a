package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type identifierVerifyCmd struct{ nameOfAccount }

func (c identifierVerifyCmd) Run(ctx context.Context, e *env) error {
	raw, err := c.raw()
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Accounts.VouchIdentifier(ctx, actor(), who.ID, raw); err != nil {
			return err
		}
		return e.done(identifierView{Kind: raw.Kind, Value: raw.Value}, "identifier_vouched", "kind", e.word(raw.Kind), "value", raw.Value)
	})
}
