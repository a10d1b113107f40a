package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
)

type accountResetLinkCmd struct{ whom }

// linkView is a link that the operator hands over.
type linkView struct {
	Link      string    `json:"link"`
	ExpiresAt time.Time `json:"expires_at"`
}

func (c accountResetLinkCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		link, until, err := a.Access.MakeResetLink(ctx, actor(), who.ID)
		if err != nil {
			return err
		}
		return e.done(linkView{link, until}, "link_made", "link", link, "until", when(until))
	})
}
