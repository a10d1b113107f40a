package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/org"
)

// SetOrganisationState moves an organisation to another state.
func (t *Tx) SetOrganisationState(ctx context.Context, id string, s org.State) error {
	_, err := t.exec(ctx, `UPDATE organisations SET state = $2 WHERE id = $1`, id, string(s))
	return err
}

// InsertDissolutionLedger writes the entry that precedes the erasure.
func (t *Tx) InsertDissolutionLedger(ctx context.Context, l dissolution.Ledger) error {
	names, err := json.Marshal(l.Holders)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO dissolution_ledger (dissolution_id, organisation_id, pseudonym, holders, written_at) VALUES ($1, $2, $3, $4, $5)`,
		l.Dissolution, l.Organisation, l.Pseudonym, string(names), micro(l.WrittenAt))
	return err
}

// CompleteDissolutionLedger records that everything has gone.
func (t *Tx) CompleteDissolutionLedger(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, `UPDATE dissolution_ledger SET completed_at = $2 WHERE dissolution_id = $1`, id, micro(at))
	return err
}

// ReleaseMember ends a membership with the to-dos and attestations that hang on
// it, which would hinder the person's own closure, and moves the organisation's
// session mark to the account.
func (t *Tx) ReleaseMember(ctx context.Context, organisation, account string) (bool, error) {
	for _, statement := range []string{
		`DELETE FROM todos WHERE organisation_id = $1 AND account_id = $2`,
		`DELETE FROM attestations WHERE organisation_id = $1 AND account_id = $2`,
		`DELETE FROM role_transfers WHERE organisation_id = $1 AND (from_account = $2 OR to_account = $2)`,
	} {
		if _, err := t.exec(ctx, statement, organisation, account); err != nil {
			return false, err
		}
	}
	return t.DeleteMember(ctx, organisation, account)
}

// InsertDissolutionCertificate keeps a signed certificate.
func (t *Tx) InsertDissolutionCertificate(ctx context.Context, id, of string, file []byte, at time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO dissolution_certificates (id, dissolution_id, file, issued_at) VALUES ($1, $2, $3, $4)`, id, of, string(file), micro(at))
	return err
}

// DissolutionCertificate reads the certificate of a dissolution.
func (t *Tx) DissolutionCertificate(ctx context.Context, of string) ([]byte, error) {
	var file string
	err := t.tx.QueryRowContext(ctx, `SELECT file FROM dissolution_certificates WHERE dissolution_id = $1`, of).Scan(&file)
	if errors.Is(err, sql.ErrNoRows) {
		err = dissolution.ErrNotFound()
	}
	return []byte(file), err
}
