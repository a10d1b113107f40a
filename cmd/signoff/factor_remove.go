package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

// factorRemoveCmd takes a factor away that its person has lost.
type factorRemoveCmd struct {
	whom
	ID string `arg:""`
}

func (c factorRemoveCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Access.RemoveFactor(ctx, actor(), who.ID, c.ID, ""); err != nil {
			return err
		}
		return e.done(idView{c.ID}, "factor_removed", "id", c.ID)
	})
}
