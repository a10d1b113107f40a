package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/queue"
	"github.com/signoff-id/signoff/internal/signal"
)

// EnqueueNotice puts a notice into the outbox, with the job that delivers it.
func (t *Tx) EnqueueNotice(ctx context.Context, n signal.Notice) error {
	address, err := t.seal(n.Account, "notices.address", n.Address)
	if err != nil {
		return err
	}
	args, err := t.sealMap(n.Account, "notices.args", n.Args)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO notices (id, account_id, kind, locale, address, args, created_at, next_try_at, state, channel, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 'pending', $8, $9)`,
		n.ID, n.Account, n.Kind, n.Locale, address, args, micro(n.CreatedAt), cmp.Or(n.Channel, signal.Mail), maybe(n.ExpiresAt))
	if err != nil {
		return err
	}
	return t.WakeNotice(ctx, n.ID)
}

// WakeNotice adds the job that delivers a notice.
func (t *Tx) WakeNotice(ctx context.Context, id string) error {
	return t.db.Queue.Enqueue(ctx, t.tx, queue.SendNotice{Notice: id})
}

// ClaimNotice leases a notice that is due and counts the attempt.
func (t *Tx) ClaimNotice(ctx context.Context, id string, now, until time.Time) (signal.Notice, bool, error) {
	var n signal.Notice
	var address, args []byte
	var created int64
	var expires sql.NullInt64
	err := t.tx.QueryRowContext(ctx, `UPDATE notices SET attempts = attempts + 1, lease_until = $3, next_try_at = $3
		WHERE id = $1 AND ended_at IS NULL AND lease_until <= $2 AND next_try_at <= $2
		RETURNING id, account_id, kind, locale, channel, address, args, created_at, expires_at, attempts`, id, micro(now), micro(until)).
		Scan(&n.ID, &n.Account, &n.Kind, &n.Locale, &n.Channel, &address, &args, &created, &expires, &n.Attempts)
	if errors.Is(err, sql.ErrNoRows) {
		return signal.Notice{}, false, nil
	}
	if err != nil {
		return signal.Notice{}, false, err
	}
	n.CreatedAt, n.ExpiresAt = instant(created), perhaps(expires)
	if n.Address, err = t.open(n.Account, "notices.address", address); err != nil {
		return n, false, err
	}
	n.Args, err = t.openMap(n.Account, "notices.args", args)
	return n, err == nil, err
}

// EndNotice records how a notice ended, and erases where it went and what it
// said.
func (t *Tx) EndNotice(ctx context.Context, id, state string, at time.Time) error {
	_, err := t.exec(ctx, `UPDATE notices SET state = $2, ended_at = $3, address = NULL, args = NULL WHERE id = $1`, id, state, micro(at))
	return err
}

// PostponeNotice records a failed attempt.
func (t *Tx) PostponeNotice(ctx context.Context, id, code string, next time.Time) error {
	_, err := t.exec(ctx, `UPDATE notices SET last_error = $2, next_try_at = $3, lease_until = 0 WHERE id = $1 AND ended_at IS NULL`, id, code, micro(next))
	return err
}

// DueNotices gives those that no job seems to care for, and puts their next
// waking off.
func (t *Tx) DueNotices(ctx context.Context, now, again time.Time, limit int) ([]string, error) {
	return list(ctx, t.tx, text, `UPDATE notices SET woken_until = $2 WHERE id IN (SELECT id FROM notices
		WHERE ended_at IS NULL AND next_try_at <= $1 AND woken_until <= $1 ORDER BY next_try_at LIMIT $3) RETURNING id`, micro(now), micro(again), limit)
}

// Notices reads the trail of an account's notices.
func (t *Tx) Notices(ctx context.Context, account string) ([]signal.Line, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (n signal.Line, err error) {
		var failure sql.NullString
		var created int64
		var ended sql.NullInt64
		err = scan(&n.ID, &n.Kind, &n.State, &failure, &created, &ended)
		n.LastError, n.CreatedAt, n.EndedAt = failure.String, instant(created), perhaps(ended)
		return n, err
	}, `SELECT id, kind, state, last_error, created_at, ended_at FROM notices WHERE account_id = $1 ORDER BY id`, account)
}

// ForgetStrangers deletes the ended notices to people who have no account, such
// as codes for those who register.
func (db *DB) ForgetStrangers(ctx context.Context, before time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		_, err := t.exec(ctx, `DELETE FROM notices WHERE account_id = '' AND ended_at <= $1`, micro(before))
		return err
	})
}
