package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/session"
)

// InsertStep keeps something that has begun.
func (t *Tx) InsertStep(ctx context.Context, st access.Step) error {
	text, err := json.Marshal(begun{Device: st.Device, Resume: st.Resume})
	if err != nil {
		return err
	}
	device, err := t.seal(st.Account, "sign_in_steps.device", string(text))
	if err != nil {
		return err
	}
	data, err := t.seal(st.Account, "sign_in_steps.data", st.Data)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO sign_in_steps (token_hash, purpose, account_id, session_id, device, app, methods, data,
		proved_at, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		st.Hash, st.Purpose, st.Account, st.Session, device, st.App, strings.Join(st.Proof.Methods, " "), data,
		micro(st.Proof.At), micro(st.CreatedAt), micro(st.ExpiresAt))
	return err
}

// begun is what a sign-in said of itself.
type begun struct {
	Device session.Device
	Resume bool
}

const stepColumns = `token_hash, purpose, account_id, session_id, device, app, methods, data, tries, proved_at, created_at, expires_at`

// Step reads a live step.
func (t *Tx) Step(ctx context.Context, purpose string, hash []byte, now time.Time) (access.Step, error) {
	return t.scanStep(t.tx.QueryRowContext(ctx, `SELECT `+stepColumns+` FROM sign_in_steps
		WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3`, hash, purpose, micro(now)))
}

// TakeStep ends a live step, for one caller only.
func (t *Tx) TakeStep(ctx context.Context, purpose string, hash []byte, now time.Time) (access.Step, error) {
	return t.scanStep(t.tx.QueryRowContext(ctx, `DELETE FROM sign_in_steps
		WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING `+stepColumns, hash, purpose, micro(now)))
}

func (t *Tx) scanStep(row *sql.Row) (st access.Step, err error) {
	var device, data []byte
	var methods string
	var proved, created, expires int64
	err = row.Scan(&st.Hash, &st.Purpose, &st.Account, &st.Session, &device, &st.App, &methods, &data, &st.Tries, &proved, &created, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return access.Step{}, nil
	}
	if err != nil {
		return access.Step{}, err
	}
	st.Proof, st.CreatedAt, st.ExpiresAt = proof(proved, methods), instant(created), instant(expires)
	text, err := t.open(st.Account, "sign_in_steps.device", device)
	if err != nil {
		return st, err
	}
	var b begun
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return st, err
	}
	st.Device, st.Resume = b.Device, b.Resume
	st.Data, err = t.open(st.Account, "sign_in_steps.data", data)
	return st, err
}

// FailStep counts a wrong answer, and ends the step with the last one.
func (t *Tx) FailStep(ctx context.Context, hash []byte, most int) (bool, error) {
	n, err := t.exec(ctx, `UPDATE sign_in_steps SET tries = tries + 1 WHERE token_hash = $1`, hash)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = t.exec(ctx, `DELETE FROM sign_in_steps WHERE token_hash = $1 AND tries >= $2`, hash, most)
	return true, err
}

// EndSteps ends all steps of an account.
func (t *Tx) EndSteps(ctx context.Context, account string) error {
	_, err := t.exec(ctx, `DELETE FROM sign_in_steps WHERE account_id = $1`, account)
	return err
}

// ForgetSteps deletes steps whose time is over.
func (db *DB) ForgetSteps(ctx context.Context, now time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		_, err := t.exec(ctx, `DELETE FROM sign_in_steps WHERE expires_at <= $1`, micro(now))
		return err
	})
}
