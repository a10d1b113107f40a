package api

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
)

// reviewView is a closure that waits for a reviewer.
type reviewView struct {
	ClosureID       string    `json:"closure_id"`
	AccountID       string    `json:"account_id"`
	Policy          policyRef `json:"policy"`
	ConfirmedAt     time.Time `json:"confirmed_at"`
	DueAt           time.Time `json:"due_at" doc:"The first instant that is too late."`
	Overdue         bool      `json:"overdue"`
	WorkingDaysLeft *int      `json:"working_days_left,omitempty" doc:"Working days after today until it is due, the last one included; negative once overdue. Missing where the calendar lacks a year."`
	Own             bool      `json:"own" doc:"The caller's own closure, on which somebody else must decide."`
}

func shapeReview(ctx context.Context, now time.Time) func(closure.Waiting) reviewView {
	me := principalOf(ctx).Account()
	return func(w closure.Waiting) reviewView {
		return reviewView{ClosureID: w.ID, AccountID: w.Account, Policy: shapeRef(ctx, w.Policy), ConfirmedAt: w.ConfirmedAt.UTC(),
			DueAt: w.ReviewDueAt.UTC(), Overdue: w.Overdue(now), WorkingDaysLeft: w.WorkingDaysLeft, Own: w.Account == me}
	}
}
