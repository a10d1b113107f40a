package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/onetime"
)

// TakeTurns locks the keys' rows until the commit, in one order everywhere.
func (t *Tx) TakeTurns(ctx context.Context, now time.Time, keys ...[]byte) error {
	keys = slices.SortedFunc(slices.Values(keys), bytes.Compare)
	for _, key := range keys {
		if _, err := t.exec(ctx, `INSERT INTO onetime_turns (key, taken_at) VALUES ($1, $2)
			ON CONFLICT (key) DO UPDATE SET taken_at = excluded.taken_at`, key, micro(now)); err != nil {
			return err
		}
	}
	return nil
}

// CodesSince gives when codes were issued for a subject or to an address.
func (t *Tx) CodesSince(ctx context.Context, key []byte, since time.Time) ([]time.Time, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (time.Time, error) {
		var at int64
		err := scan(&at)
		return instant(at), err
	}, `SELECT created_at FROM onetime_codes WHERE (subject = $1 OR address = $1) AND created_at > $2 ORDER BY created_at DESC`, key, micro(since))
}

// ReplaceCode ends the live code of a purpose and binding.
func (t *Tx) ReplaceCode(ctx context.Context, purpose, binding string, now time.Time) error {
	_, err := t.exec(ctx, `UPDATE onetime_codes SET ended_at = $3 WHERE purpose = $1 AND binding = $2 AND ended_at IS NULL`, purpose, binding, micro(now))
	return err
}

// InsertCode keeps a code that was just made.
func (t *Tx) InsertCode(ctx context.Context, c onetime.Stored) error {
	_, err := t.exec(ctx, `INSERT INTO onetime_codes (id, purpose, binding, account_id, form, subject, address, hash, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.ID, c.Purpose, c.Binding, c.Account, string(c.Form), c.Subject, c.Address, c.Hash, micro(c.CreatedAt), micro(c.ExpiresAt))
	return err
}

const codeColumns = `id, purpose, binding, account_id, form, hash, tries, created_at, expires_at`

func scanCode(row *sql.Row) (c onetime.Stored, ok bool, err error) {
	var created, expires int64
	err = row.Scan(&c.ID, &c.Purpose, &c.Binding, &c.Account, &c.Form, &c.Hash, &c.Tries, &created, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return onetime.Stored{}, false, nil
	}
	c.CreatedAt, c.ExpiresAt = instant(created), instant(expires)
	return c, err == nil, err
}

// TryCode counts a try at the live code of k.
func (t *Tx) TryCode(ctx context.Context, k onetime.Key, tries int, now time.Time) (onetime.Stored, bool, error) {
	return scanCode(t.tx.QueryRowContext(ctx, `UPDATE onetime_codes SET tries = tries + 1
		WHERE purpose = $1 AND binding = $2 AND account_id = $3 AND form = $4 AND ended_at IS NULL AND expires_at > $5 AND tries < $6
		RETURNING `+codeColumns, k.Purpose, k.Binding, k.Account, string(onetime.Code), micro(now), tries))
}

// CodeByLink finds a live link.
func (t *Tx) CodeByLink(ctx context.Context, purpose string, hash []byte, now time.Time) (onetime.Stored, bool, error) {
	return scanCode(t.tx.QueryRowContext(ctx, `SELECT `+codeColumns+` FROM onetime_codes
		WHERE hash = $1 AND purpose = $2 AND form = $3 AND ended_at IS NULL AND expires_at > $4`, hash, purpose, string(onetime.Link), micro(now)))
}

// SpendCode ends a live code, for one caller only.
func (t *Tx) SpendCode(ctx context.Context, id string, now time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE onetime_codes SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL AND expires_at > $2`, id, micro(now))
	return n > 0, err
}

// RevokeCodes ends all live codes of an account.
func (t *Tx) RevokeCodes(ctx context.Context, account string, now time.Time) error {
	_, err := t.exec(ctx, `UPDATE onetime_codes SET ended_at = $2 WHERE account_id = $1 AND account_id <> '' AND ended_at IS NULL`, account, micro(now))
	return err
}

// ForgetCodes deletes codes and turns from before the given instant: those that
// the limits count no more.
func (db *DB) ForgetCodes(ctx context.Context, before time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		if _, err := t.exec(ctx, `DELETE FROM onetime_codes WHERE expires_at <= $1 AND created_at <= $1`, micro(before)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM onetime_turns WHERE taken_at <= $1`, micro(before))
		return err
	})
}
