package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type accountResetLinkCmd struct{ whom }

// linkView is a link that the operator hands over.
type linkView struct {
	Link      string    `json:"link"`
	ExpiresAt time.Time `json:"expires_at"`
}

func (c accountResetLinkCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		link, until, err := a.Access.MakeResetLink(ctx, actor(), who.ID)
		if err != nil {
			return err
		}
		return e.done(linkView{link, until}, "link_made", "link", link, "until", when(until))
	})
}
