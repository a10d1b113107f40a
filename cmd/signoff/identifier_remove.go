package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type identifierRemoveCmd struct{ nameOfAccount }

func (c identifierRemoveCmd) Run(ctx context.Context, e *env) error {
	raw, err := c.raw()
	if err != nil {
		return err
	}
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Accounts.RemoveIdentifier(ctx, actor(), who.ID, raw); err != nil {
			return err
		}
		return e.done(identifierView{Kind: raw.Kind, Value: raw.Value}, "identifier_removed", "kind", e.word(raw.Kind), "value", raw.Value)
	})
}
