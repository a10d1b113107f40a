package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/org"
)

type todoAddCmd struct {
	whom
	Title        string `arg:""`
	Organisation string `placeholder:"ID"`
	Approval     bool
}

func (c todoAddCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		t := org.Todo{Account: who.ID, Organisation: c.Organisation, Title: c.Title, Kind: org.Task}
		if c.Approval {
			t.Kind = org.Approval
		}
		if t, err = a.Orgs.AddTodo(ctx, actor(), t); err != nil {
			return err
		}
		return e.done(viewTodo(t), "todo_added", "kind", e.word(t.Kind), "id", t.ID)
	})
}
