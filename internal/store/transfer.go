package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
)

// InsertTransfer writes a new transfer of roles; a holder has one open transfer
// in an organisation at most. The caller holds the holder's lock.
func (t *Tx) InsertTransfer(ctx context.Context, r org.Transfer) error {
	n, err := t.exec(ctx, `INSERT INTO role_transfers (id, organisation_id, from_account, to_account, role, offices, state, asked_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organisation_id, from_account) WHERE ended_at IS NULL DO NOTHING`,
		r.ID, r.Organisation, r.From, r.To, r.Role, strings.Join(r.Offices, ","), string(r.State), micro(r.AskedAt), micro(r.ExpiresAt))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "transfer_open")
	}
	return err
}

const transferColumns = `id, organisation_id, from_account, to_account, role, offices, state, asked_at, expires_at, ended_at`

func scanTransfer(scan func(...any) error) (r org.Transfer, err error) {
	var offices string
	var asked, expires int64
	var ended sql.NullInt64
	err = scan(&r.ID, &r.Organisation, &r.From, &r.To, &r.Role, &offices, &r.State, &asked, &expires, &ended)
	r.AskedAt, r.ExpiresAt, r.EndedAt = instant(asked), instant(expires), perhaps(ended)
	if offices != "" {
		r.Offices = strings.Split(offices, ",")
	}
	return r, err
}

// Transfer reads one.
func (t *Tx) Transfer(ctx context.Context, id string) (org.Transfer, error) {
	r, err := scanTransfer(t.tx.QueryRowContext(ctx, `SELECT `+transferColumns+` FROM role_transfers WHERE id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = org.ErrNoTransfer()
	}
	return r, err
}

// Transfers reads those that an account has asked for or been asked.
func (t *Tx) Transfers(ctx context.Context, account string, limit int) ([]org.Transfer, error) {
	return list(ctx, t.tx, scanTransfer, `SELECT `+transferColumns+` FROM role_transfers
		WHERE from_account = $1 OR to_account = $1 ORDER BY id DESC LIMIT $2`, account, limit)
}

// EndTransfer ends an open one.
func (t *Tx) EndTransfer(ctx context.Context, id string, s org.TransferState, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE role_transfers SET state = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL`, id, string(s), micro(at))
	return n > 0, err
}

// DueTransfers reads the open ones whose time is up.
func (t *Tx) DueTransfers(ctx context.Context, now time.Time, limit int) ([]org.Transfer, error) {
	return list(ctx, t.tx, scanTransfer, `SELECT `+transferColumns+` FROM role_transfers
		WHERE ended_at IS NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2`, micro(now), limit)
}
