package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"
)

// Begin claims a key for a request. The insert decides who of several at once
// gets it.
func (db *DB) Begin(ctx context.Context, scope, key string, requestHash []byte, now, forgetBefore, takeOverBefore time.Time) (hash, response []byte, err error) {
	err = db.Update(ctx, func(t *Tx) error {
		hash, response = nil, nil
		n, err := t.exec(ctx, `INSERT INTO idempotency_keys (scope, key, request_hash, begun_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (scope, key) DO UPDATE SET request_hash = excluded.request_hash, begun_at = excluded.begun_at, response = NULL
			WHERE idempotency_keys.begun_at < $5 OR (idempotency_keys.response IS NULL AND idempotency_keys.begun_at < $6)`,
			scope, key, requestHash, micro(now), micro(forgetBefore), micro(takeOverBefore))
		if err != nil || n > 0 {
			return err
		}
		return t.tx.QueryRowContext(ctx, `SELECT request_hash, response FROM idempotency_keys WHERE scope = $1 AND key = $2`, scope, key).Scan(&hash, &response)
	})
	if errors.Is(err, sql.ErrNoRows) {
		// It was abandoned between the two statements: the caller may try again.
		return bytes.Clone(requestHash), nil, nil
	}
	return hash, response, err
}

// Finish keeps the response of a claimed key.
func (db *DB) Finish(ctx context.Context, scope, key string, response []byte) error {
	return db.Update(ctx, func(t *Tx) error {
		_, err := t.exec(ctx, `UPDATE idempotency_keys SET response = $3 WHERE scope = $1 AND key = $2`, scope, key, response)
		return err
	})
}

// Abandon drops a claim that came to nothing.
func (db *DB) Abandon(ctx context.Context, scope, key string) error {
	return db.Update(ctx, func(t *Tx) error {
		_, err := t.exec(ctx, `DELETE FROM idempotency_keys WHERE scope = $1 AND key = $2 AND response IS NULL`, scope, key)
		return err
	})
}

// ForgetAnswers deletes what was answered before then.
func (db *DB) ForgetAnswers(ctx context.Context, before time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		_, err := t.exec(ctx, `DELETE FROM idempotency_keys WHERE begun_at < $1`, micro(before))
		return err
	})
}
