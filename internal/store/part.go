package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/queue"
)

// partsOf are the parts of one kind of end: the same statements over a table of
// its own.
type partsOf struct {
	t         *Tx
	table, id string // the table's name, and that of its column with the end's id
	wake      func(ctx context.Context, of, holder string) error
}

var _ erasure.Tx = partsOf{}

// ClosureParts are the shares of closures.
func (t *Tx) ClosureParts() erasure.Tx {
	return partsOf{t: t, table: "erasure_parts", id: "closure_id", wake: func(ctx context.Context, of, name string) error {
		return t.db.Queue.Enqueue(ctx, t.tx, queue.ErasePart{Closure: of, Holder: name})
	}}
}

// InsertPart writes a data holder's share of an erasure.
func (k partsOf) InsertPart(ctx context.Context, p erasure.Part) error {
	_, err := k.t.exec(ctx, `INSERT INTO `+k.table+` (`+k.id+`, holder, position, idempotency_key, next_try_at) VALUES ($1, $2, $3, $4, $5)`,
		p.Of, p.Holder, p.Position, p.Key, micro(p.NextTryAt))
	return err
}

const partColumns = `, holder, position, idempotency_key, attempts, last_error, progress, receipt, erased_at, verified_at, next_try_at`

func scanPart(scan func(...any) error) (p erasure.Part, err error) {
	var failure, receipt sql.NullString
	var erased, verified sql.NullInt64
	var next int64
	var progress []byte
	if err := scan(&p.Of, &p.Holder, &p.Position, &p.Key, &p.Attempts, &failure, &progress, &receipt, &erased, &verified, &next); err != nil {
		return p, err
	}
	p.LastError, p.Progress, p.ErasedAt, p.VerifiedAt, p.NextTryAt = failure.String, progress, perhaps(erased), perhaps(verified), instant(next)
	if receipt.Valid {
		p.Receipt = new(holder.Receipt)
		err = json.Unmarshal([]byte(receipt.String), p.Receipt)
	}
	return p, err
}

// Parts reads the shares of an erasure, in the order of the data holders.
func (k partsOf) Parts(ctx context.Context, of string) ([]erasure.Part, error) {
	return list(ctx, k.t.tx, scanPart, `SELECT `+k.id+partColumns+` FROM `+k.table+` WHERE `+k.id+` = $1 ORDER BY position`, of)
}

// ClaimPart leases a share and counts the attempt.
func (k partsOf) ClaimPart(ctx context.Context, of, name string, now, until time.Time) (erasure.Part, bool, error) {
	p, err := scanPart(k.t.tx.QueryRowContext(ctx, `UPDATE `+k.table+` SET attempts = attempts + 1, lease_until = $4, next_try_at = $4
		WHERE `+k.id+` = $1 AND holder = $2 AND verified_at IS NULL AND lease_until <= $3 AND next_try_at <= $3
		RETURNING `+k.id+partColumns, of, name, micro(now), micro(until)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return erasure.Part{}, false, nil
	}
	p.NextTryAt = time.Time{} // the lease is kept until somebody says otherwise
	return p, err == nil, err
}

// SavePart writes what is known of a share.
func (k partsOf) SavePart(ctx context.Context, p erasure.Part) error {
	var receipt, progress any
	if p.Receipt != nil {
		b, err := json.Marshal(p.Receipt)
		if err != nil {
			return err
		}
		receipt = string(b)
	}
	if len(p.Progress) > 0 {
		progress = []byte(p.Progress)
	}
	// A claim counts the attempts, so their number tells the newest one's worker.
	n, err := k.t.exec(ctx, `UPDATE `+k.table+` SET last_error = $4, progress = $5, receipt = $6, erased_at = $7, verified_at = $8
		WHERE `+k.id+` = $1 AND holder = $2 AND attempts = $3 AND verified_at IS NULL`,
		p.Of, p.Holder, p.Attempts, orNull(p.LastError), progress, receipt, maybe(p.ErasedAt), maybe(p.VerifiedAt))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "part_taken", "holder", p.Holder)
	}
	if p.NextTryAt.IsZero() {
		return nil
	}
	_, err = k.t.exec(ctx, `UPDATE `+k.table+` SET next_try_at = $3, lease_until = 0 WHERE `+k.id+` = $1 AND holder = $2`,
		p.Of, p.Holder, micro(p.NextTryAt))
	return err
}

// DueParts leases the waking of shares that no job seems to care for: the job's
// own claim does not ask for it.
func (k partsOf) DueParts(ctx context.Context, now, again time.Time, limit int) ([]erasure.Part, error) {
	due, err := list(ctx, k.t.tx, scanPart, `SELECT `+k.id+partColumns+` FROM `+k.table+`
		WHERE verified_at IS NULL AND next_try_at <= $1 AND woken_until <= $1 ORDER BY next_try_at LIMIT $2`, micro(now), limit)
	if err != nil {
		return nil, err
	}
	for _, p := range due {
		if _, err := k.t.exec(ctx, `UPDATE `+k.table+` SET woken_until = $3 WHERE `+k.id+` = $1 AND holder = $2`,
			p.Of, p.Holder, micro(again)); err != nil {
			return nil, err
		}
	}
	return due, nil
}

// WakePart adds the job that works on a share.
func (k partsOf) WakePart(ctx context.Context, of, name string) error {
	return k.wake(ctx, of, name)
}

// RetryPart makes a share due now, unless somebody works on it.
func (k partsOf) RetryPart(ctx context.Context, of, name string, now time.Time) (bool, error) {
	n, err := k.t.exec(ctx, `UPDATE `+k.table+` SET next_try_at = $3 WHERE `+k.id+` = $1 AND holder = $2 AND verified_at IS NULL AND lease_until <= $3`,
		of, name, micro(now))
	return n > 0, err
}
