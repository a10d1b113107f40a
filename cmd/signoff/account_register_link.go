package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

// accountRegisterLinkCmd makes a link with which one address or number can
// register.
type accountRegisterLinkCmd struct {
	Value string `arg:""`
}

func (c accountRegisterLinkCmd) Run(ctx context.Context, e *env) error {
	id, err := identity.Guess(c.Value)
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		link, until, err := a.Access.MakeRegisterLink(ctx, actor(), id)
		if err != nil {
			return err
		}
		return e.done(linkView{link, until}, "link_made", "link", link, "until", when(until))
	})
}
