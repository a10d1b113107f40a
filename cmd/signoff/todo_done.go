package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type todoDoneCmd struct {
	whom
	Todo string `arg:""`
}

func (c todoDoneCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Orgs.CompleteTodo(ctx, actor(), who.ID, c.Todo); err != nil {
			return err
		}
		return e.done(idView{c.Todo}, "todo_done", "id", c.Todo)
	})
}
