package store

import (
	"context"
	"database/sql"
	"errors"
)

// Fact reads a fact about this installation, or "".
func (t *Tx) Fact(ctx context.Context, name string) (value string, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT value FROM instance WHERE name = $1`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return value, err
}

// SetFact writes one.
func (t *Tx) SetFact(ctx context.Context, name, value string) error {
	_, err := t.exec(ctx, `INSERT INTO instance (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
