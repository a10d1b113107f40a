package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
)

// InsertFactor writes a new factor.
func (t *Tx) InsertFactor(ctx context.Context, f access.Factor) error {
	name, err := t.seal(f.Account, "factors.name", f.Name)
	if err != nil {
		return err
	}
	secret, err := t.seal(f.Account, "factors.secret", f.Secret)
	if err != nil {
		return err
	}
	var credential any
	if f.Credential != nil {
		credential = f.Credential
	}
	n, err := t.exec(ctx, `INSERT INTO factors (id, account_id, kind, name, secret, credential, created_at, confirmed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential) DO NOTHING`,
		f.ID, f.Account, f.Kind, name, secret, credential, micro(f.CreatedAt), maybe(f.ConfirmedAt))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "factor_exists")
	}
	return err
}

// Factors reads an account's factors.
func (t *Tx) Factors(ctx context.Context, account string) ([]access.Factor, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (f access.Factor, err error) {
		var name, secret []byte
		var created int64
		var confirmed, used sql.NullInt64
		if err := scan(&f.ID, &f.Kind, &name, &secret, &f.Credential, &f.LastStep, &created, &confirmed, &used); err != nil {
			return f, err
		}
		f.Account, f.CreatedAt, f.ConfirmedAt, f.UsedAt = account, instant(created), perhaps(confirmed), perhaps(used)
		if f.Name, err = t.open(account, "factors.name", name); err != nil {
			return f, err
		}
		f.Secret, err = t.open(account, "factors.secret", secret)
		return f, err
	}, `SELECT id, kind, name, secret, credential, last_step, created_at, confirmed_at, used_at FROM factors
		WHERE account_id = $1 ORDER BY created_at, id`, account)
}

// ConfirmFactor makes a factor count.
func (t *Tx) ConfirmFactor(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, `UPDATE factors SET confirmed_at = $2 WHERE id = $1`, id, micro(at))
	return err
}

// UseCode takes a code's time step, each once and none after a later one.
func (t *Tx) UseCode(ctx context.Context, id string, step int64, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE factors SET last_step = $2, used_at = $3 WHERE id = $1 AND last_step < $2`, id, step, micro(at))
	return n > 0, err
}

// SavePasskey keeps a passkey's record after its use.
func (t *Tx) SavePasskey(ctx context.Context, account, id, record string, at time.Time) error {
	secret, err := t.seal(account, "factors.secret", record)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE factors SET secret = $2, used_at = $3 WHERE id = $1`, id, secret, micro(at))
	return err
}

// RenameFactor gives a factor another name.
func (t *Tx) RenameFactor(ctx context.Context, account, id, name string) (bool, error) {
	sealed, err := t.seal(account, "factors.name", name)
	if err != nil {
		return false, err
	}
	n, err := t.exec(ctx, `UPDATE factors SET name = $3 WHERE account_id = $1 AND id = $2 AND confirmed_at IS NOT NULL`, account, id, sealed)
	return n > 0, err
}

// DeleteFactor takes a factor away.
func (t *Tx) DeleteFactor(ctx context.Context, account, id string) (bool, error) {
	n, err := t.exec(ctx, `DELETE FROM factors WHERE account_id = $1 AND id = $2`, account, id)
	return n > 0, err
}

// ReplaceRecoveryCodes puts new ones in the place of the old.
func (t *Tx) ReplaceRecoveryCodes(ctx context.Context, account string, hashes [][]byte) error {
	if _, err := t.exec(ctx, `DELETE FROM recovery_codes WHERE account_id = $1`, account); err != nil {
		return err
	}
	for _, hash := range hashes {
		if _, err := t.exec(ctx, `INSERT INTO recovery_codes (account_id, hash) VALUES ($1, $2)`, account, hash); err != nil {
			return err
		}
	}
	return nil
}

// UseRecoveryCode uses a code up, for one caller only.
func (t *Tx) UseRecoveryCode(ctx context.Context, account string, hash []byte, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND hash = $2 AND used_at IS NULL`, account, hash, micro(at))
	return n > 0, err
}

// CountRecoveryCodes counts those that are left.
func (t *Tx) CountRecoveryCodes(ctx context.Context, account string) (n int, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT count(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL`, account).Scan(&n)
	return n, err
}

// PasskeyUser gives the name under which passkeys know an account.
func (t *Tx) PasskeyUser(ctx context.Context, account string, handle []byte) (got []byte, err error) {
	if _, err := t.exec(ctx, `INSERT INTO passkey_users (account_id, handle) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING`, account, handle); err != nil {
		return nil, err
	}
	err = t.tx.QueryRowContext(ctx, `SELECT handle FROM passkey_users WHERE account_id = $1`, account).Scan(&got)
	return got, err
}

// AccountByPasskeyUser finds the account that passkeys know by a name.
func (t *Tx) AccountByPasskeyUser(ctx context.Context, handle []byte) (account string, err error) {
	found, err := list(ctx, t.tx, text, `SELECT account_id FROM passkey_users WHERE handle = $1`, handle)
	if err == nil && len(found) > 0 {
		account = found[0]
	}
	return account, err
}
