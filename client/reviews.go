package client

import (
	"context"
	"iter"
	"time"
)

// Review is a closure that waits for a reviewer.
type Review struct {
	ClosureID   string    `json:"closure_id"`
	AccountID   string    `json:"account_id"`
	Policy      PolicyRef `json:"policy"`
	ConfirmedAt time.Time `json:"confirmed_at"`
	DueAt       time.Time `json:"due_at"` // the first instant that is too late
	Overdue     bool      `json:"overdue"`
	// WorkingDaysLeft counts the working days after today, the last one
	// included; negative once overdue, nil where the calendar lacks a year.
	WorkingDaysLeft *int `json:"working_days_left"`
	Own             bool `json:"own"` // the caller's own, on which somebody else must decide
}

// Reviews gives one page of the queue, the most urgent first; for reviewers,
// operators and auditors.
func (c *Client) Reviews(ctx context.Context, p Page) (List[Review], error) {
	return list[Review](ctx, c, path("reviews"), p.query())
}

// AllReviews gives the whole queue, page by page.
func (c *Client) AllReviews(ctx context.Context) iter.Seq2[Review, error] {
	return walk(ctx, c.Reviews)
}

// ApproveClosure lets a closure go on; for reviewers. Where the conditions no
// longer hold, the closure given back is refused. Codes: closure_not_found,
// closure_state, review_own_closure.
func (c *Client) ApproveClosure(ctx context.Context, closure string) (Closure, error) {
	return post[Closure](ctx, c, path("reviews", closure, "approve"), nil)
}

// RejectClosure ends a closure with a reason that the person is told; for
// reviewers. Codes as for ApproveClosure.
func (c *Client) RejectClosure(ctx context.Context, closure, reason string) (Closure, error) {
	return post[Closure](ctx, c, path("reviews", closure, "reject"), map[string]string{"reason": reason})
}
