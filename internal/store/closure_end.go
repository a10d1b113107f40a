package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
)

// InsertLedger writes the entry that precedes every erasure.
func (t *Tx) InsertLedger(ctx context.Context, l closure.Ledger) error {
	names, err := json.Marshal(l.Holders)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO erasure_ledger (closure_id, account_id, pseudonym, policy_digest, holders, written_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, l.Closure, l.Account, l.Pseudonym, l.PolicyDigest, string(names), micro(l.WrittenAt))
	return err
}

// CompleteLedger records that everything has gone.
func (t *Tx) CompleteLedger(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, `UPDATE erasure_ledger SET completed_at = $2 WHERE closure_id = $1`, id, micro(at))
	return err
}

// InsertCertificate keeps a signed certificate.
func (t *Tx) InsertCertificate(ctx context.Context, id, closureID string, file []byte, at time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO certificates (id, closure_id, file, issued_at) VALUES ($1, $2, $3, $4)`, id, closureID, string(file), micro(at))
	return err
}

// Certificate reads the certificate of a closure.
func (t *Tx) Certificate(ctx context.Context, closureID string) ([]byte, error) {
	var file string
	err := t.tx.QueryRowContext(ctx, `SELECT file FROM certificates WHERE closure_id = $1`, closureID).Scan(&file)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "closure_not_found")
	}
	return []byte(file), err
}
