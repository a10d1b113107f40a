package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/dissolution"
)

type dissolutionStartCmd struct {
	whichOrg
	Kind      string `enum:"general,simple" required:""`
	Successor string `placeholder:"ID"`
}

func (c dissolutionStartCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		d, err := a.Dissolutions.Start(ctx, actor(), c.Organisation, dissolution.Kind(c.Kind), c.Successor)
		if err != nil {
			return err
		}
		return e.done(viewDissolution(d), "dissolution_now", "id", d.ID, "state", e.word(string(d.State)))
	})
}
