package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// PasswordHash reads an account's password hash, or "".
func (t *Tx) PasswordHash(ctx context.Context, account string) (phc string, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT secret FROM credentials WHERE account_id = $1 AND kind = 'password'`, account).Scan(&phc)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return phc, err
}

// PasswordSince reads when the password was set.
func (t *Tx) PasswordSince(ctx context.Context, account string) (time.Time, error) {
	var at int64
	err := t.tx.QueryRowContext(ctx, `SELECT changed_at FROM credentials WHERE account_id = $1 AND kind = 'password'`, account).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return instant(at), err
}

// SetPasswordHash writes it.
func (t *Tx) SetPasswordHash(ctx context.Context, account, phc string, at time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO credentials (account_id, kind, secret, changed_at) VALUES ($1, 'password', $2, $3)
		ON CONFLICT (account_id, kind) DO UPDATE SET secret = excluded.secret, changed_at = excluded.changed_at`, account, phc, micro(at))
	return err
}

// Grants reads an account's roles on the platform.
func (t *Tx) Grants(ctx context.Context, account string) ([]string, error) {
	return list(ctx, t.tx, text, `SELECT role FROM grants WHERE account_id = $1 ORDER BY role`, account)
}

// InsertGrant adds a role; one that is there already stays.
func (t *Tx) InsertGrant(ctx context.Context, account, role string, at time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO grants (account_id, role, granted_at) VALUES ($1, $2, $3) ON CONFLICT (account_id, role) DO NOTHING`,
		account, role, micro(at))
	return err
}

// DeleteGrant takes a role away.
func (t *Tx) DeleteGrant(ctx context.Context, account, role string) (bool, error) {
	n, err := t.exec(ctx, `DELETE FROM grants WHERE account_id = $1 AND role = $2`, account, role)
	return n > 0, err
}

// LockGrants implements identity.CredentialTx: an update takes the rows' locks on
// both engines. Without it, two transactions that each take the role from another
// account would each count the other's row, and nobody would be left.
func (t *Tx) LockGrants(ctx context.Context, role string) error {
	_, err := t.exec(ctx, `UPDATE grants SET granted_at = granted_at WHERE role = $1`, role)
	return err
}

// CountGrants counts who has a role.
func (t *Tx) CountGrants(ctx context.Context, role string) (n int, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT count(*) FROM grants WHERE role = $1`, role).Scan(&n)
	return n, err
}

// text scans a row of one text column.
func text(scan func(...any) error) (s string, err error) {
	err = scan(&s)
	return s, err
}
