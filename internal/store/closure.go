package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/queue"
)

const closureColumns = `id, account_id, pseudonym, policy_digest, state, version, locale, successor_id, status_hash,
	requested_at, confirmed_at, review_due_at, reviewed_at, reviewed_by, cooling_until, erasing_at, deadline_at,
	own_erased_at, own_items, last_address, ended_at, end_cause, reason, certificate_id, wake_at`

// closureValues gives the columns of closureColumns in their order.
func (t *Tx) closureValues(c closure.Closure) ([]any, error) {
	address, err := t.seal(c.Account, "closures.last_address", c.LastAddress)
	if err != nil {
		return nil, err
	}
	reason, err := t.seal(c.Account, "closures.reason", c.Reason)
	if err != nil {
		return nil, err
	}
	var items any
	if c.OwnItems != nil {
		b, err := json.Marshal(c.OwnItems)
		if err != nil {
			return nil, err
		}
		items = string(b)
	}
	var status any
	if len(c.StatusHash) > 0 {
		status = c.StatusHash
	}
	return []any{c.ID, c.Account, c.Pseudonym, c.PolicyDigest, string(c.State), c.Version, c.Locale, orNull(c.Successor), status,
		micro(c.RequestedAt), maybe(c.ConfirmedAt), maybe(c.ReviewDueAt), maybe(c.ReviewedAt), orNull(c.ReviewedBy),
		maybe(c.CoolingUntil), maybe(c.ErasingAt), maybe(c.DeadlineAt), maybe(c.OwnErasedAt), items, address,
		maybe(c.EndedAt), orNull(string(c.EndCause)), reason, orNull(c.Certificate), maybe(c.WakeAt)}, nil
}

func (t *Tx) scanClosure(scan func(...any) error) (c closure.Closure, err error) {
	var successor, reviewer, items, cause, certificate sql.NullString
	var address, reason []byte
	var requested int64
	var confirmed, due, reviewed, cooling, erasing, deadline, own, ended, wake sql.NullInt64
	err = scan(&c.ID, &c.Account, &c.Pseudonym, &c.PolicyDigest, &c.State, &c.Version, &c.Locale, &successor, &c.StatusHash,
		&requested, &confirmed, &due, &reviewed, &reviewer, &cooling, &erasing, &deadline, &own, &items, &address,
		&ended, &cause, &reason, &certificate, &wake)
	if err != nil {
		return c, err
	}
	c.Successor, c.ReviewedBy, c.EndCause, c.Certificate = successor.String, reviewer.String, closure.Event(cause.String), certificate.String
	c.RequestedAt, c.ConfirmedAt, c.ReviewDueAt = instant(requested), perhaps(confirmed), perhaps(due)
	c.ReviewedAt, c.CoolingUntil, c.ErasingAt, c.DeadlineAt = perhaps(reviewed), perhaps(cooling), perhaps(erasing), perhaps(deadline)
	c.OwnErasedAt, c.EndedAt, c.WakeAt = perhaps(own), perhaps(ended), perhaps(wake)
	if items.Valid {
		if err := json.Unmarshal([]byte(items.String), &c.OwnItems); err != nil {
			return c, err
		}
	}
	if c.LastAddress, err = t.open(c.Account, "closures.last_address", address); err != nil {
		return c, err
	}
	c.Reason, err = t.open(c.Account, "closures.reason", reason)
	return c, err
}

// InsertClosure writes a new closure; an account has one open closure at most.
func (t *Tx) InsertClosure(ctx context.Context, c closure.Closure) error {
	open, err := t.OpenClosure(ctx, c.Account)
	if err != nil {
		return err
	}
	if open.ID != "" {
		return fault.New(fault.Conflict, "closure_open", "closure", open.ID)
	}
	v, err := t.closureValues(c)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO closures (`+closureColumns+`) VALUES
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`, v...)
	return err
}

// SaveClosure writes the next version, if nobody else has.
func (t *Tx) SaveClosure(ctx context.Context, c closure.Closure) error {
	v, err := t.closureValues(c)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE closures SET pseudonym = $3, policy_digest = $4, state = $5, version = $6 + 1, locale = $7,
		successor_id = $8, status_hash = $9, requested_at = $10, confirmed_at = $11, review_due_at = $12,
		reviewed_at = $13, reviewed_by = $14, cooling_until = $15, erasing_at = $16, deadline_at = $17, own_erased_at = $18,
		own_items = $19, last_address = $20, ended_at = $21, end_cause = $22, reason = $23, certificate_id = $24, wake_at = $25
		WHERE id = $1 AND account_id = $2 AND version = $6`, v...)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "closure_changed")
	}
	return err
}

// Closure reads one.
func (t *Tx) Closure(ctx context.Context, id string) (closure.Closure, error) {
	return t.oneClosure(ctx, `id = $1`, id)
}

// ClosureByStatus finds one by its private link's hash.
func (t *Tx) ClosureByStatus(ctx context.Context, hash []byte) (closure.Closure, error) {
	return t.oneClosure(ctx, `status_hash = $1`, hash)
}

// OpenClosure reads the account's closure that has not ended, or the zero one.
func (t *Tx) OpenClosure(ctx context.Context, account string) (closure.Closure, error) {
	c, err := t.oneClosure(ctx, `account_id = $1 AND ended_at IS NULL`, account)
	if fault.Is(err, "closure_not_found") {
		return closure.Closure{}, nil
	}
	return c, err
}

func (t *Tx) oneClosure(ctx context.Context, where string, arg any) (closure.Closure, error) {
	c, err := t.scanClosure(t.tx.QueryRowContext(ctx, `SELECT `+closureColumns+` FROM closures WHERE `+where, arg).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "closure_not_found")
	}
	return c, err
}

// AddHappening adds a line to a closure's timeline.
func (t *Tx) AddHappening(ctx context.Context, id string, h closure.Happening) error {
	return t.addHappening(ctx, "closure", id, h)
}

// Happenings reads a closure's timeline.
func (t *Tx) Happenings(ctx context.Context, id string) ([]closure.Happening, error) {
	return t.happenings(ctx, "closure", id)
}

// Closures reads those that a filter chooses.
func (t *Tx) Closures(ctx context.Context, f closure.Filter) ([]closure.Closure, error) {
	return list(ctx, t.tx, t.scanClosure, `SELECT `+closureColumns+` FROM closures
		WHERE ($1 = '' OR state = $1) AND ($2 = '' OR account_id = $2) AND id > $3 ORDER BY id LIMIT $4`,
		string(f.State), f.Account, f.After, f.Limit)
}

// DueClosures leases those whose time to wake has come.
func (t *Tx) DueClosures(ctx context.Context, now, again time.Time, limit int) ([]string, error) {
	return t.due(ctx, "closure", now, again, limit)
}

// CountClosures counts them by state.
func (t *Tx) CountClosures(ctx context.Context) (map[closure.State]int, error) {
	n := map[closure.State]int{}
	_, err := list(ctx, t.tx, func(scan func(...any) error) (struct{}, error) {
		var s closure.State
		var count int
		err := scan(&s, &count)
		n[s] = count
		return struct{}{}, err
	}, `SELECT state, count(*) FROM closures GROUP BY state`)
	return n, err
}

// WakeClosure adds the job that steps a closure.
func (t *Tx) WakeClosure(ctx context.Context, id string) error {
	return t.db.Queue.Enqueue(ctx, t.tx, queue.ClosureStep{Closure: id})
}
