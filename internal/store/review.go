package store

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
)

// InReview reads the queue of reviews from after a turn on, the most urgent
// first.
func (t *Tx) InReview(ctx context.Context, after closure.Turn, limit int) ([]closure.Closure, error) {
	var due int64
	if !after.DueAt.IsZero() {
		due = micro(after.DueAt)
	}
	return list(ctx, t.tx, t.scanClosure, `SELECT `+closureColumns+` FROM closures WHERE state = 'in_review'
		AND (review_due_at > $1 OR (review_due_at = $1 AND id > $2)) ORDER BY review_due_at, id LIMIT $3`, due, after.ID, limit)
}

// ErasingUntil reads the erasures that are due by an instant, the most urgent
// first.
func (t *Tx) ErasingUntil(ctx context.Context, by time.Time, limit int) ([]closure.Closure, error) {
	return list(ctx, t.tx, t.scanClosure, `SELECT `+closureColumns+` FROM closures WHERE state = 'erasing' AND deadline_at <= $1
		ORDER BY deadline_at, id LIMIT $2`, micro(by), limit)
}
