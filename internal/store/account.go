package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
)

// InsertAccount writes a new account without its identifiers.
func (t *Tx) InsertAccount(ctx context.Context, a identity.Account) error {
	name, err := t.seal(a.ID, "accounts.name", a.Name)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO accounts (id, state, name, locale, created_at) VALUES ($1, $2, $3, $4, $5)`,
		a.ID, string(a.State), name, a.Locale, micro(a.CreatedAt))
	return err
}

// LockAccount makes every other transaction that changes a fact of the account
// wait: the write of a counter holds the row on PostgreSQL; on SQLite the whole
// transaction waits its turn anyway.
func (t *Tx) LockAccount(ctx context.Context, id string) error {
	n, err := t.exec(ctx, `UPDATE accounts SET version = version + 1 WHERE id = $1`, id)
	if err == nil && n == 0 {
		err = identity.ErrNoAccount()
	}
	return err
}

const accountColumns = `id, state, name, locale, stolen, banned, sessions_not_before, created_at, closed_at`

func (t *Tx) scanAccount(scan func(...any) error) (identity.Account, error) {
	var a identity.Account
	var name []byte
	var mark, created int64
	var closed sql.NullInt64
	if err := scan(&a.ID, &a.State, &name, &a.Locale, &a.Stolen, &a.Banned, &mark, &created, &closed); err != nil {
		return a, err
	}
	a.SessionsNotBefore, a.CreatedAt, a.ClosedAt = instant(mark), instant(created), perhaps(closed)
	var err error
	a.Name, err = t.open(a.ID, "accounts.name", name)
	return a, err
}

// Account reads one account with its identifiers.
func (t *Tx) Account(ctx context.Context, id string) (identity.Account, error) {
	a, err := t.scanAccount(t.tx.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, id).Scan)
	unknown := errors.Is(err, sql.ErrNoRows)
	if err != nil && !unknown {
		return a, err
	}
	// An unknown id costs as many statements as a known one.
	if err := t.identifiers(ctx, &a); err != nil {
		return a, err
	}
	if unknown {
		return a, identity.ErrNoAccount()
	}
	return a, nil
}

// Accounts reads the accounts that a filter chooses, in the order of their ids.
func (t *Tx) Accounts(ctx context.Context, f identity.Filter) ([]identity.Account, error) {
	where, args := `id > $1 ORDER BY id LIMIT $2`, []any{f.After, f.Limit}
	if f.State != "" {
		where, args = `state = $3 AND `+where, append(args, string(f.State))
	}
	all, err := list(ctx, t.tx, t.scanAccount, `SELECT `+accountColumns+` FROM accounts WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if err := t.identifiers(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// SetFlags marks an account as stolen or banned.
func (t *Tx) SetFlags(ctx context.Context, id string, stolen, banned bool) error {
	_, err := t.exec(ctx, `UPDATE accounts SET stolen = $2, banned = $3 WHERE id = $1`, id, stolen, banned)
	return err
}

// SetAccountState moves an account to another state.
func (t *Tx) SetAccountState(ctx context.Context, id string, s identity.State, at time.Time) error {
	if s == identity.Closed {
		_, err := t.exec(ctx, `UPDATE accounts SET state = $2, closed_at = $3 WHERE id = $1`, id, string(s), micro(at))
		return err
	}
	_, err := t.exec(ctx, `UPDATE accounts SET state = $2 WHERE id = $1`, id, string(s))
	return err
}

// AccountIDs gives up to limit ids, in their order: whether there is anybody.
func (t *Tx) AccountIDs(ctx context.Context, limit int) ([]string, error) {
	return list(ctx, t.tx, text, `SELECT id FROM accounts ORDER BY id LIMIT $1`, limit)
}
