package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// dissolutionReviewCmd accepts evidence, or rejects it with a reason.
type dissolutionReviewCmd struct {
	whichDissolution
	Evidence string `arg:""`
	Reject   bool
	Reason   string
}

func (c dissolutionReviewCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if err := a.Dissolutions.DecideEvidence(ctx, actor(), c.Dissolution, c.Evidence, !c.Reject, c.Reason); err != nil {
			return err
		}
		return e.whereItStands(ctx, a, c.Dissolution)
	})
}

// whereItStands says where a dissolution stands now.
func (e *env) whereItStands(ctx context.Context, a *app.App, id string) error {
	x, err := a.Dissolutions.Get(ctx, actor(), id)
	if err != nil {
		return err
	}
	return e.done(viewDissolution(x.Dissolution), "dissolution_now", "id", x.ID, "state", e.word(string(x.State)))
}
