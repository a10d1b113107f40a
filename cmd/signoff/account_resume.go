package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

// accountResumeCmd ends a pause.
type accountResumeCmd struct{ whom }

type resumedView struct {
	ID string `json:"id"`
}

func (c accountResumeCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Access.Resume(ctx, actor(), who.ID); err != nil {
			return err
		}
		return e.done(resumedView{who.ID}, "account_resumed")
	})
}
