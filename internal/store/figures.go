package store

import (
	"context"
	"time"
)

// Figures for an operator's metrics: counts of what is in the database.

// CountParts counts the parts of erasures that are not done, and those whose
// closure is past its deadline.
func (db *DB) CountParts(ctx context.Context, now time.Time) (pending, overdue int, err error) {
	err = db.Read.QueryRowContext(ctx, `SELECT count(*), COALESCE(sum(CASE WHEN c.deadline_at <= $1 THEN 1 ELSE 0 END), 0)
		FROM erasure_parts AS p JOIN closures AS c ON c.id = p.closure_id WHERE p.verified_at IS NULL`, micro(now)).Scan(&pending, &overdue)
	return pending, overdue, err
}

// CountPendingAudit counts audit entries without a place in the log.
func (db *DB) CountPendingAudit(ctx context.Context) (n int, err error) {
	err = db.Read.QueryRowContext(ctx, `SELECT count(*) FROM audit_entries WHERE seq IS NULL`).Scan(&n)
	return n, err
}

// CountPendingNotices counts notices that wait.
func (db *DB) CountPendingNotices(ctx context.Context) (n int, err error) {
	err = db.Read.QueryRowContext(ctx, `SELECT count(*) FROM notices WHERE ended_at IS NULL`).Scan(&n)
	return n, err
}
