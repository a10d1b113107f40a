package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Debts implements throttle.Tx.
func (t *Tx) Debts(ctx context.Context, keys ...[]byte) (map[string]time.Time, error) {
	marks, args := make([]string, len(keys)), make([]any, len(keys))
	for i, key := range keys {
		marks[i], args[i] = fmt.Sprintf("$%d", i+1), key
	}
	type debt struct {
		key   string
		until time.Time
	}
	found, err := list(ctx, t.tx, func(scan func(...any) error) (debt, error) {
		var key []byte
		var until int64
		err := scan(&key, &until)
		return debt{string(key), instant(until)}, err
	}, `SELECT key, until FROM guesses WHERE key IN (`+strings.Join(marks, ", ")+`)`, args...)
	all := map[string]time.Time{}
	for _, d := range found {
		all[d.key] = d.until
	}
	return all, err
}

// Charge implements throttle.Tx: one conditional update, so of guesses that fail
// at the same moment no more are counted than there is room for.
func (t *Tx) Charge(ctx context.Context, key []byte, now, most time.Time, interval time.Duration) (bool, error) {
	n, err := t.exec(ctx, `INSERT INTO guesses (key, until) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))
		ON CONFLICT (key) DO UPDATE SET until = CASE WHEN guesses.until > $2 THEN guesses.until ELSE $2 END + $3
		WHERE CASE WHEN guesses.until > $2 THEN guesses.until ELSE $2 END + $3 <= $4`, key, micro(now), interval.Microseconds(), micro(most))
	return n > 0, err
}

// SeenAt implements throttle.Tx.
func (t *Tx) SeenAt(ctx context.Context, account string, place []byte) (time.Time, error) {
	var at int64
	err := t.tx.QueryRowContext(ctx, `SELECT seen_at FROM known_places WHERE account_id = $1 AND place = $2`, account, place).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return instant(at), err
}

// KeepPlace implements throttle.Tx.
func (t *Tx) KeepPlace(ctx context.Context, account string, place []byte, now time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO known_places (account_id, place, seen_at) VALUES ($1, $2, $3)
		ON CONFLICT (account_id, place) DO UPDATE SET seen_at = excluded.seen_at`, account, place, micro(now))
	return err
}

// ForgetGuesses deletes counters that are empty again, and places that no
// account has signed in at since before.
func (db *DB) ForgetGuesses(ctx context.Context, now, before time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		if _, err := t.exec(ctx, `DELETE FROM guesses WHERE until <= $1`, micro(now)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM known_places WHERE seen_at <= $1`, micro(before))
		return err
	})
}
