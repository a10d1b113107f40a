package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/work"
)

// SessionLives says whether a session is valid.
func (t *Tx) SessionLives(ctx context.Context, id string, now time.Time) (bool, error) {
	var n int
	err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id WHERE s.id = $1 AND `+live, id, micro(now)).Scan(&n)
	return n > 0, err
}

// InsertLease keeps announced work.
func (t *Tx) InsertLease(ctx context.Context, l work.Lease) error {
	what, err := t.seal(l.Account, "work_leases.what", l.Item.What)
	if err != nil {
		return err
	}
	link, err := t.seal(l.Account, "work_leases.link", l.Item.Link)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO work_leases (id, session_id, account_id, kind, what, link, since_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, l.ID, l.Session, l.Account, l.Item.Kind, what, link, micro(l.Item.Since), micro(l.ExpiresAt))
	return err
}

// leases reads announced work that counts; $2 is the instant.
const leases = `SELECT w.id, w.session_id, w.account_id, s.app, w.kind, w.what, w.link, w.since_at, w.expires_at,
	(SELECT g.until_at FROM session_graces AS g WHERE g.session_id = w.session_id)
	FROM work_leases AS w JOIN sessions AS s ON s.id = w.session_id JOIN accounts AS a ON a.id = s.account_id
	WHERE w.expires_at > $2 AND ` + live

func (t *Tx) scanLease(scan func(...any) error) (l work.Lease, err error) {
	var what, link []byte
	var since, expires int64
	var ends sql.NullInt64
	if err := scan(&l.ID, &l.Session, &l.Account, &l.App, &l.Item.Kind, &what, &link, &since, &expires, &ends); err != nil {
		return l, err
	}
	l.Item.Since, l.ExpiresAt, l.EndsAt = instant(since), instant(expires), perhaps(ends)
	if l.Item.What, err = t.open(l.Account, "work_leases.what", what); err != nil {
		return l, err
	}
	l.Item.Link, err = t.open(l.Account, "work_leases.link", link)
	return l, err
}

// RenewLease prolongs a lease that counts.
func (t *Tx) RenewLease(ctx context.Context, session, id string, until, now time.Time) (work.Lease, error) {
	l, err := t.scanLease(t.tx.QueryRowContext(ctx, leases+` AND w.id = $1 AND s.id = $3`, id, micro(now), session).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return l, work.ErrNotFound()
	}
	if err != nil {
		return l, err
	}
	l.ExpiresAt = until
	n, err := t.exec(ctx, `UPDATE work_leases SET expires_at = $3 WHERE id = $1 AND expires_at > $2`, id, micro(now), micro(until))
	if err == nil && n == 0 {
		err = work.ErrNotFound()
	}
	return l, err
}

// DeleteLease forgets a lease.
func (t *Tx) DeleteLease(ctx context.Context, session, id string) (bool, error) {
	n, err := t.exec(ctx, `DELETE FROM work_leases WHERE id = $1 AND session_id = $2`, id, session)
	return n > 0, err
}

// Leases reads what counts of an account's work.
func (t *Tx) Leases(ctx context.Context, w work.Whose, now time.Time) ([]work.Lease, error) {
	return list(ctx, t.tx, t.scanLease, leases+` AND w.account_id = $1 AND ($3 = '' OR s.id = $3) AND s.id <> $4 AND ($5 = '' OR s.app = $5)
		AND ($6 = '' OR s.device_id = $6) ORDER BY w.since_at, w.id`, w.Account, micro(now), w.Session, w.Except, w.App, w.Device)
}

// InsertGrace writes when a session ends; of two orders the earlier end holds.
func (t *Tx) InsertGrace(ctx context.Context, g session.Grace) error {
	reason, err := t.seal(g.Account, "session_graces.reason", g.Reason)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO session_graces (session_id, account_id, until_at, organisation, by_kind, by_id, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (session_id) DO UPDATE SET until_at = excluded.until_at, organisation = excluded.organisation,
		by_kind = excluded.by_kind, by_id = excluded.by_id, reason = excluded.reason WHERE session_graces.until_at > excluded.until_at`,
		g.Session, g.Account, micro(g.Until), g.Organisation, g.By.Kind, g.By.ID, reason)
	return err
}

const graceColumns = `g.session_id, g.account_id, g.until_at, g.organisation, g.by_kind, g.by_id, g.reason`

func (t *Tx) scanGrace(scan func(...any) error) (g session.Grace, err error) {
	var until int64
	var reason []byte
	if err := scan(&g.Session, &g.Account, &until, &g.Organisation, &g.By.Kind, &g.By.ID, &reason); err != nil {
		return g, err
	}
	g.Until = instant(until)
	g.Reason, err = t.open(g.Account, "session_graces.reason", reason)
	return g, err
}

// Grace reads when a session ends by an order, the zero one where there is none.
func (t *Tx) Grace(ctx context.Context, id string) (session.Grace, error) {
	g, err := t.scanGrace(t.tx.QueryRowContext(ctx, `SELECT `+graceColumns+` FROM session_graces AS g WHERE g.session_id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return session.Grace{}, nil
	}
	return g, err
}

// DeleteGrace forgets it.
func (t *Tx) DeleteGrace(ctx context.Context, id string) error {
	_, err := t.exec(ctx, `DELETE FROM session_graces WHERE session_id = $1`, id)
	return err
}

// DueGraces gives the sessions whose time is over, or whose work is done.
func (t *Tx) DueGraces(ctx context.Context, now time.Time, limit int) ([]session.Grace, error) {
	return list(ctx, t.tx, t.scanGrace, `SELECT `+graceColumns+` FROM session_graces AS g WHERE g.until_at <= $1
		OR NOT EXISTS (SELECT 1 FROM work_leases AS w WHERE w.session_id = g.session_id AND w.expires_at > $1)
		ORDER BY g.until_at, g.session_id LIMIT $2`, micro(now), limit)
}

// ForgetWork deletes the leases and states that are over.
func (db *DB) ForgetWork(ctx context.Context, now time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		if _, err := t.exec(ctx, `DELETE FROM work_leases WHERE expires_at <= $1`, micro(now)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM resume_states WHERE expires_at <= $1`, micro(now))
		return err
	})
}
