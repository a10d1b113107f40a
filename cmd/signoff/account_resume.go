package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// accountResumeCmd ends a pause.
type accountResumeCmd struct{ whom }

type resumedView struct {
	ID string `json:"id"`
}

func (c accountResumeCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Access.Resume(ctx, actor(), who.ID); err != nil {
			return err
		}
		return e.done(resumedView{who.ID}, "account_resumed")
	})
}
