package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/dissolution"
)

type dissolutionAnnounceCmd struct {
	whichDissolution
	Published string `required:"" placeholder:"YYYY-MM-DD"`
	Media     string `required:""`
	Reference string `required:""`
}

func (c dissolutionAnnounceCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		n := dissolution.Notice{Published: c.Published, Media: c.Media, Reference: c.Reference}
		if _, err := a.Dissolutions.Announce(ctx, actor(), c.Dissolution, n); err != nil {
			return err
		}
		return e.whereItStands(ctx, a, c.Dissolution)
	})
}
