package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/access"
)

// InsertPause writes that an account rests.
func (t *Tx) InsertPause(ctx context.Context, account string, p access.Pause) error {
	_, err := t.exec(ctx, `INSERT INTO pauses (account_id, paused_at, until_at) VALUES ($1, $2, $3)`, account, micro(p.At), maybe(p.Until))
	return err
}

// Pause reads an account's pause, the zero one where there is none.
func (t *Tx) Pause(ctx context.Context, account string) (p access.Pause, err error) {
	var at int64
	var until sql.NullInt64
	err = t.tx.QueryRowContext(ctx, `SELECT paused_at, until_at FROM pauses WHERE account_id = $1`, account).Scan(&at, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return access.Pause{}, nil
	}
	return access.Pause{At: instant(at), Until: perhaps(until)}, err
}

// DeletePause ends an account's pause.
func (t *Tx) DeletePause(ctx context.Context, account string) error {
	_, err := t.exec(ctx, `DELETE FROM pauses WHERE account_id = $1`, account)
	return err
}

// DuePauses gives the accounts whose pause is over.
func (t *Tx) DuePauses(ctx context.Context, now time.Time, limit int) ([]string, error) {
	return list(ctx, t.tx, text, `SELECT account_id FROM pauses WHERE until_at <= $1 ORDER BY until_at, account_id LIMIT $2`, micro(now), limit)
}
