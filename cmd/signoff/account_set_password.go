package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type accountSetPasswordCmd struct {
	whom
	passwordFrom
}

func (c accountSetPasswordCmd) Run(ctx context.Context, e *env) error {
	password, err := c.read(e)
	if err != nil {
		return err
	}
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Access.SetPassword(ctx, actor(), who.ID, password); err != nil {
			return err
		}
		return e.done(idView{who.ID}, "password_set", "id", who.ID)
	})
}

// idView is the answer of a command after which there is nothing new to show.
type idView struct {
	ID string `json:"id"`
}
