package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type todoDoneCmd struct {
	whom
	Todo string `arg:""`
}

func (c todoDoneCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Orgs.CompleteTodo(ctx, actor(), who.ID, c.Todo); err != nil {
			return err
		}
		return e.done(idView{c.Todo}, "todo_done", "id", c.Todo)
	})
}
