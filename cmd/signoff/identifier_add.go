package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type identifierAddCmd struct{ nameOfAccount }

// nameOfAccount is a sign-in name and whose it is.
type nameOfAccount struct {
	whom
	Value string `arg:""`
	Kind  string `enum:"${identifier_kinds}," default:""`
}

// raw gives the name with its kind, guessed from its form when none was said.
func (n nameOfAccount) raw() (identity.Identifier, error) {
	if n.Kind == "" {
		return identity.Guess(n.Value)
	}
	return identity.Identifier{Kind: n.Kind, Value: n.Value}, nil
}

func (c identifierAddCmd) Run(ctx context.Context, e *env) error {
	raw, err := c.raw()
	if err != nil {
		return err
	}
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		id, err := a.Accounts.AddIdentifier(ctx, actor(), who.ID, raw)
		if err != nil {
			return err
		}
		return e.done(identifierView{Kind: id.Kind, Value: id.Value}, "identifier_added", "kind", e.word(id.Kind), "value", id.Value)
	})
}
