package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// InsertIdentifier gives an account a name. A reservation that has run out is
// taken over. The name is written before its reservation is read: while an
// account that has it is being erased the write waits for that commit, and the
// reservation that came with it is seen.
func (t *Tx) InsertIdentifier(ctx context.Context, account string, id identity.Identifier, now time.Time) error {
	blind := t.db.Vault.BlindIndex(id.Kind, id.Value)
	value, err := t.seal(account, "identifiers.value", id.Value)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `INSERT INTO identifiers (kind, blind, account_id, value, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, blind) DO NOTHING`, id.Kind, blind, account, value, micro(now))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "identifier_taken", "kind", id.Kind)
	}
	return t.takeOver(ctx, id.Kind, blind, now)
}

// takeOver ends the reservation of a name, or refuses while it holds.
func (t *Tx) takeOver(ctx context.Context, kind string, blind []byte, now time.Time) error {
	var free sql.NullInt64
	err := t.tx.QueryRowContext(ctx, `SELECT free_at FROM identifier_reservations WHERE kind = $1 AND blind = $2`, kind, blind).Scan(&free)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if !free.Valid || free.Int64 > micro(now) {
		return fault.New(fault.Conflict, "identifier_reserved", "kind", kind)
	}
	_, err = t.exec(ctx, `DELETE FROM identifier_reservations WHERE kind = $1 AND blind = $2`, kind, blind)
	return err
}

// IdentifierFree says whether no reservation holds a name back.
func (t *Tx) IdentifierFree(ctx context.Context, id identity.Identifier, now time.Time) (bool, error) {
	var n int
	err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM identifier_reservations WHERE kind = $1 AND blind = $2 AND (free_at IS NULL OR free_at > $3)`,
		id.Kind, t.db.Vault.BlindIndex(id.Kind, id.Value), micro(now)).Scan(&n)
	return n == 0, err
}

// DeleteIdentifier takes a name away.
func (t *Tx) DeleteIdentifier(ctx context.Context, account string, id identity.Identifier) (bool, error) {
	n, err := t.exec(ctx, `DELETE FROM identifiers WHERE kind = $1 AND blind = $2 AND account_id = $3`,
		id.Kind, t.db.Vault.BlindIndex(id.Kind, id.Value), account)
	return n > 0, err
}

// AccountByIdentifier gives the account that a name leads to, or "".
func (t *Tx) AccountByIdentifier(ctx context.Context, id identity.Identifier) (account string, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT account_id FROM identifiers WHERE kind = $1 AND blind = $2`,
		id.Kind, t.db.Vault.BlindIndex(id.Kind, id.Value)).Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return account, err
}

// VerifyIdentifier notes that a name was shown to be the account's own.
func (t *Tx) VerifyIdentifier(ctx context.Context, account string, id identity.Identifier, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE identifiers SET verified_at = $4 WHERE kind = $1 AND blind = $2 AND account_id = $3`,
		id.Kind, t.db.Vault.BlindIndex(id.Kind, id.Value), account, micro(at))
	return n > 0, err
}

// identifiers reads an account's names into it.
func (t *Tx) identifiers(ctx context.Context, a *identity.Account) (err error) {
	a.Verified = map[identity.Identifier]time.Time{}
	a.Identifiers, err = list(ctx, t.tx, func(scan func(...any) error) (id identity.Identifier, err error) {
		var sealed []byte
		var verified sql.NullInt64
		if err := scan(&id.Kind, &sealed, &verified); err != nil {
			return id, err
		}
		id.Value, err = t.open(a.ID, "identifiers.value", sealed)
		if verified.Valid {
			a.Verified[id] = instant(verified.Int64)
		}
		return id, err
	}, `SELECT kind, value, verified_at FROM identifiers WHERE account_id = $1 ORDER BY created_at, kind, blind`, a.ID)
	return err
}

// ReleaseIdentifiers forgets the names of closed accounts whose delay is over.
func (db *DB) ReleaseIdentifiers(ctx context.Context, now time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		_, err := t.exec(ctx, `DELETE FROM identifier_reservations WHERE free_at <= $1`, micro(now))
		return err
	})
}
