package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/dissolution"
)

// dissolutionDecideCmd upholds or dismisses an objection.
type dissolutionDecideCmd struct {
	whichDissolution
	Objection string `arg:""`
	Outcome   string `enum:"upheld,dismissed" required:""`
	Reason    string `required:""`
}

func (c dissolutionDecideCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if _, err := a.Dissolutions.DecideObjection(ctx, actor(), c.Dissolution, c.Objection, dissolution.Outcome(c.Outcome), c.Reason); err != nil {
			return err
		}
		return e.whereItStands(ctx, a, c.Dissolution)
	})
}
