package store

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// affected chooses the sessions that an ending would end, in the same words as
// the endings themselves; $2 is the instant.
func affected(e session.Ending) (from string, args []any) {
	const base = ` FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id WHERE ` + live
	at := micro(e.At)
	switch e.Scope {
	case session.OneSession:
		return base + ` AND s.id = $1`, []any{e.Target, at}
	case session.ADevice:
		return base + ` AND s.account_id = $1 AND s.device_id = $3 AND s.id <> $4`, []any{e.Account, at, e.Target, e.Except}
	case session.ADepartment:
		return base + ` AND s.account_id IN (` + inTreeFor("$4") + `)`, []any{e.Organisation, at, e.Path, e.SpareOwners}
	case session.Organisation:
		return base + ` AND s.account_id IN (SELECT x.account_id FROM members AS x WHERE x.organisation_id = $1)`, []any{e.Organisation, at}
	default:
		return base + ` AND s.account_id = $1 AND s.id <> $3 AND ($4 = '' OR s.app = $4)`, []any{e.Account, at, e.Except, e.App}
	}
}

// CountAffected counts sessions and people, in all and by kind of device.
func (t *Tx) CountAffected(ctx context.Context, e session.Ending) (session.Affected, error) {
	out := session.Affected{ByKind: map[string]session.Count{}}
	from, args := affected(e)
	rows, err := list(ctx, t.tx, scanCount, `SELECT s.device_kind, count(*), count(DISTINCT s.account_id)`+from+` GROUP BY s.device_kind`, args...)
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		out.Sessions += r.Sessions
		out.ByKind[r.kind] = r.Count
	}
	return out, t.tx.QueryRowContext(ctx, `SELECT count(DISTINCT s.account_id)`+from, args...).Scan(&out.People)
}

type kindCount struct {
	kind string
	session.Count
}

func scanCount(scan func(...any) error) (c kindCount, err error) {
	err = scan(&c.kind, &c.Sessions, &c.People)
	return c, err
}

// AffectsAtLeast counts up to n sessions.
func (t *Tx) AffectsAtLeast(ctx context.Context, e session.Ending, n int) (bool, error) {
	from, args := affected(e)
	var found int
	err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT s.id`+from+` LIMIT `+placeholder(len(args)+1)+`) AS those`, append(args, n)...).Scan(&found)
	return found >= n, err
}

// CountOnline counts the platform's sessions that were used since an instant.
func (t *Tx) CountOnline(ctx context.Context, now, since time.Time) (session.Crowd, error) {
	out := session.Crowd{Devices: map[string]session.Count{}}
	const from = ` FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id WHERE s.active_at >= $1 AND ` + live
	args := []any{micro(since), micro(now)}
	rows, err := list(ctx, t.tx, scanCount, `SELECT s.device_kind, count(*), count(DISTINCT s.account_id)`+from+` GROUP BY s.device_kind`, args...)
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		out.Devices[r.kind] = r.Count
	}
	return out, t.tx.QueryRowContext(ctx, `SELECT count(DISTINCT s.account_id)`+from, args...).Scan(&out.People)
}
