package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/dissolution"
)

// dissolutionObjectCmd records an objection that came by letter.
type dissolutionObjectCmd struct {
	Reference string `arg:""`
	By        string `required:""`
	Contact   string `required:""`
	Text      string `required:""`
}

func (c dissolutionObjectCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		o, err := a.Dissolutions.Object(ctx, actor(), c.Reference, dissolution.Objection{Name: c.By, Contact: c.Contact, Words: c.Text})
		if err != nil {
			return err
		}
		return e.whereItStands(ctx, a, o.Dissolution)
	})
}
