package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// orgEndReviewCmd accepts evidence, or rejects it with a reason.
type orgEndReviewCmd struct {
	whichEnd
	Evidence string `arg:""`
	Reject   bool
	Reason   string
}

func (c orgEndReviewCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if err := a.Dissolutions.DecideEvidence(ctx, actor(), c.Dissolution, c.Evidence, !c.Reject, c.Reason); err != nil {
			return err
		}
		return e.ended(ctx, a, c.Dissolution)
	})
}

// ended says where an organisation's end stands now.
func (e *env) ended(ctx context.Context, a *app.App, id string) error {
	x, err := a.Dissolutions.Get(ctx, actor(), id)
	if err != nil {
		return err
	}
	return e.done(viewDissolution(x.Dissolution), "org_end", "id", x.ID, "state", e.word(string(x.State)))
}
