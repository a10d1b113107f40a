package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/session"
)

func placeholder(n int) string { return "$" + strconv.Itoa(n) }

// InsertOrder keeps an order that waits. Its words are sealed for whoever wrote
// them.
func (t *Tx) InsertOrder(ctx context.Context, w session.Waiting) error {
	reason, err := t.seal(w.By.ID, "sign_out_orders.reason", w.Order.Reason)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO sign_out_orders (id, scope, organisation_id, target, account_id, reason,
		ordered_kind, ordered_by, ordered_at, expires_at, state, grace) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		w.ID, string(w.Order.Scope), w.Order.Organisation, w.Order.Target, w.Account, reason,
		w.By.Kind, w.By.ID, micro(w.OrderedAt), micro(w.ExpiresAt), w.State, w.Order.Grace.Microseconds())
	return err
}

const orderColumns = `id, scope, organisation_id, target, account_id, reason, ordered_kind, ordered_by, ordered_at, expires_at, state, decided_by, decided_at, grace`

func (t *Tx) scanOrder(scan func(...any) error) (w session.Waiting, err error) {
	var reason []byte
	var ordered, expires, grace int64
	var decided sql.NullInt64
	var by audit.Actor
	err = scan(&w.ID, &w.Order.Scope, &w.Order.Organisation, &w.Order.Target, &w.Account, &reason,
		&by.Kind, &by.ID, &ordered, &expires, &w.State, &w.DecidedBy, &decided, &grace)
	if err != nil {
		return w, err
	}
	w.By, w.OrderedAt, w.ExpiresAt, w.DecidedAt = by, instant(ordered), instant(expires), perhaps(decided)
	w.Order.Grace = time.Duration(grace) * time.Microsecond
	w.Order.Reason, err = t.open(by.ID, "sign_out_orders.reason", reason)
	return w, err
}

// Order reads one.
func (t *Tx) Order(ctx context.Context, id string) (session.Waiting, error) {
	w, err := t.scanOrder(t.tx.QueryRowContext(ctx, `SELECT `+orderColumns+` FROM sign_out_orders WHERE id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = session.ErrNoOrder()
	}
	return w, err
}

// Orders reads an organisation's, or all, the newest first.
func (t *Tx) Orders(ctx context.Context, organisation, before string, limit int) ([]session.Waiting, error) {
	if organisation == "" {
		return list(ctx, t.tx, t.scanOrder, `SELECT `+orderColumns+` FROM sign_out_orders WHERE ($1 = '' OR id < $1) ORDER BY id DESC LIMIT $2`, before, limit)
	}
	return list(ctx, t.tx, t.scanOrder, `SELECT `+orderColumns+` FROM sign_out_orders WHERE organisation_id = $1 AND ($2 = '' OR id < $2)
		ORDER BY id DESC LIMIT $3`, organisation, before, limit)
}

// DecideOrder moves an order that still waits.
func (t *Tx) DecideOrder(ctx context.Context, id, state, by string, now time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE sign_out_orders SET state = $2, decided_by = $3, decided_at = $4
		WHERE id = $1 AND state = 'waiting' AND expires_at > $4`, id, state, by, micro(now))
	return n > 0, err
}

// ExpireOrders ends the orders that nobody decided in time.
func (t *Tx) ExpireOrders(ctx context.Context, now time.Time) error {
	_, err := t.exec(ctx, `UPDATE sign_out_orders SET state = 'expired' WHERE state = 'waiting' AND expires_at <= $1`, micro(now))
	return err
}

// CountWaiting counts the orders that wait, by their small index.
func (t *Tx) CountWaiting(ctx context.Context, organisation, except string, now time.Time, most int) (n int, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT id FROM sign_out_orders WHERE state = 'waiting' AND expires_at > $1
		AND ordered_by <> $2 AND ($3 = '' OR organisation_id = $3) LIMIT $4) AS those`, micro(now), except, organisation, most).Scan(&n)
	return n, err
}

// Approvers reads who may decide on an order, one left out.
func (t *Tx) Approvers(ctx context.Context, organisation, except string, limit int) ([]string, error) {
	if organisation == "" {
		return list(ctx, t.tx, text, `SELECT g.account_id FROM grants AS g JOIN accounts AS a ON a.id = g.account_id
			WHERE g.role = 'operator' AND g.account_id <> $1 AND a.state = 'active' ORDER BY 1 LIMIT $2`, except, limit)
	}
	return list(ctx, t.tx, text, `SELECT m.account_id FROM members AS m JOIN accounts AS a ON a.id = m.account_id
		WHERE m.organisation_id = $1 AND m.role <> 'member' AND m.account_id <> $2 AND a.state = 'active' ORDER BY 1 LIMIT $3`, organisation, except, limit)
}
