package store

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
)

// InsertBinding writes a link to an outside service.
func (t *Tx) InsertBinding(ctx context.Context, b identity.Binding) error {
	ref, err := t.seal(b.Account, "bindings.reference", b.Reference)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO bindings (id, account_id, service, reference, created_at) VALUES ($1, $2, $3, $4, $5)`,
		b.ID, b.Account, b.Service, ref, micro(b.CreatedAt))
	return err
}

// DeleteBinding releases one.
func (t *Tx) DeleteBinding(ctx context.Context, account, id string) (bool, error) {
	n, err := t.exec(ctx, `DELETE FROM bindings WHERE account_id = $1 AND id = $2`, account, id)
	return n > 0, err
}

// Bindings reads an account's links to outside services.
func (t *Tx) Bindings(ctx context.Context, account string) ([]identity.Binding, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (b identity.Binding, err error) {
		var ref []byte
		var at int64
		if err := scan(&b.ID, &b.Service, &ref, &at); err != nil {
			return b, err
		}
		b.Account, b.CreatedAt = account, instant(at)
		b.Reference, err = t.open(account, "bindings.reference", ref)
		return b, err
	}, `SELECT id, service, reference, created_at FROM bindings WHERE account_id = $1 ORDER BY id`, account)
}

// InsertArrear writes money owed.
func (t *Tx) InsertArrear(ctx context.Context, a identity.Arrear) error {
	ref, err := t.seal(a.Account, "arrears.reference", a.Reference)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO arrears (id, account_id, currency, amount, reference, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, a.Account, a.Currency, a.Amount, ref, micro(a.CreatedAt))
	return err
}

// SettleArrear records that it was paid.
func (t *Tx) SettleArrear(ctx context.Context, account, id string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE arrears SET settled_at = $3 WHERE account_id = $1 AND id = $2 AND settled_at IS NULL`, account, id, micro(at))
	return n > 0, err
}

// Arrears reads what is still owed.
func (t *Tx) Arrears(ctx context.Context, account string) ([]identity.Arrear, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (a identity.Arrear, err error) {
		var ref []byte
		var at int64
		if err := scan(&a.ID, &a.Currency, &a.Amount, &ref, &at); err != nil {
			return a, err
		}
		a.Account, a.CreatedAt = account, instant(at)
		a.Reference, err = t.open(account, "arrears.reference", ref)
		return a, err
	}, `SELECT id, currency, amount, reference, created_at FROM arrears WHERE account_id = $1 AND settled_at IS NULL ORDER BY id`, account)
}
