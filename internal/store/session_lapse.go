package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// LeaseDue takes sessions whose time may have come. The lease is the conditional
// update itself: of two processes that find the same rows, the second one's
// condition no longer holds.
func (t *Tx) LeaseDue(ctx context.Context, now, until time.Time, limit int) (lapsed []session.Session, taken int, err error) {
	// A session that was seen since is looked at again when it can next have run
	// out; only the others are kept from other processes.
	all, err := list(ctx, t.tx, scanDue, `UPDATE sessions SET due_at = CASE
			WHEN expires_at <= $1 OR active_at + idle_for <= $1 THEN $2
			WHEN active_at + idle_for < expires_at THEN active_at + idle_for
			ELSE expires_at END
		WHERE ended_at IS NULL AND due_at <= $1 AND id IN (
			SELECT d.id FROM sessions AS d WHERE d.ended_at IS NULL AND d.due_at <= $1 ORDER BY d.due_at LIMIT $3)
		RETURNING id, account_id, expires_at, expires_at <= $1 OR active_at + idle_for <= $1`, micro(now), micro(until), limit)
	for _, d := range all {
		if d.over {
			lapsed = append(lapsed, d.Session)
		}
	}
	return lapsed, len(all), err
}

type due struct {
	session.Session
	over bool
}

func scanDue(scan func(...any) error) (d due, err error) {
	var expires int64
	err = scan(&d.ID, &d.Account, &expires, &d.over)
	d.ExpiresAt = instant(expires)
	return d, err
}

// EndLapsed ends a session that ran out, if it did and nothing ended it before.
func (t *Tx) EndLapsed(ctx context.Context, e session.Ending) (int, error) {
	n, err := t.exec(ctx, `UPDATE sessions SET ended_at = $2, end_cause = $3
		WHERE ended_at IS NULL AND (expires_at <= $2 OR active_at + idle_for <= $2)
		AND id IN (SELECT s.id FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id WHERE s.id = $1 AND `+unmarked+`)`,
		e.Target, micro(e.At), string(e.Cause))
	return int(n), err
}

// EndMarked writes down that a mark has ended a session: nobody looks for it
// again. It was told when the mark was raised.
func (t *Tx) EndMarked(ctx context.Context, id string, at time.Time) error {
	var ended bool
	err := t.tx.QueryRowContext(ctx, `SELECT NOT (`+unmarked+`) FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id
		WHERE s.id = $1 AND s.ended_at IS NULL`, id).Scan(&ended)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil || !ended {
		return err
	}
	_, err = t.exec(ctx, `UPDATE sessions SET ended_at = $2, end_cause = $3 WHERE id = $1 AND ended_at IS NULL`, id, micro(at), string(session.ByAdmin))
	return err
}
