package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

type todoAddCmd struct {
	whom
	Title        string `arg:""`
	Organisation string `placeholder:"ID"`
	Approval     bool
}

func (c todoAddCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		t := org.Todo{Account: who.ID, Organisation: c.Organisation, Title: c.Title, Kind: org.Task}
		if c.Approval {
			t.Kind = org.Approval
		}
		t, err := a.Orgs.AddTodo(ctx, actor(), t)
		if err != nil {
			return err
		}
		return e.done(viewTodo(t), "todo_added", "kind", e.word(t.Kind), "id", t.ID)
	})
}
