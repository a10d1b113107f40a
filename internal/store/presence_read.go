package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// SeenIn reads one run of the index for each stretch of time: each gives its
// first few in order, however many follow.
func (t *Tx) SeenIn(ctx context.Context, a session.Among, after string, limit int) ([]string, error) {
	var runs []string
	args := []any{a.Organisation, after, limit}
	for i, slot := range a.Slots {
		args = append(args, micro(slot))
		runs = append(runs, `SELECT account_id FROM (SELECT account_id FROM presence WHERE organisation_id = $1 AND slot = $`+strconv.Itoa(4+i)+`
			AND account_id > $2 ORDER BY account_id LIMIT $3) AS run`+strconv.Itoa(i))
	}
	if len(runs) == 0 {
		return nil, nil
	}
	return list(ctx, t.tx, text, strings.Join(runs, " UNION ALL ")+` ORDER BY 1 LIMIT $3`, args...)
}

// SeenInTree goes through the members of a department's tree. CROSS JOIN keeps
// SQLite to that order; PostgreSQL finds its own.
func (t *Tx) SeenInTree(ctx context.Context, a session.Among, after string, limit int) ([]string, error) {
	if len(a.Slots) == 0 {
		return nil, nil
	}
	first, last := a.Slots[0], a.Slots[len(a.Slots)-1]
	return list(ctx, t.tx, text, `SELECT x.account_id FROM departments AS d CROSS JOIN members AS x CROSS JOIN presence AS p
		WHERE d.organisation_id = $1 AND substr(d.path, 1, length($2)) = $2 AND x.department_id = d.id AND x.organisation_id = $1
		AND p.organisation_id = $1 AND p.account_id = x.account_id AND p.slot >= $3 AND p.slot <= $4 AND x.account_id > $5
		ORDER BY 1 LIMIT $6`, a.Organisation, a.Path, micro(first), micro(last), after, limit)
}

// TreeSize counts a department's tree, up to most.
func (t *Tx) TreeSize(ctx context.Context, organisation, path string, most int) (n int, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT x.account_id FROM departments AS d CROSS JOIN members AS x
		WHERE d.organisation_id = $1 AND substr(d.path, 1, length($2)) = $2 AND x.department_id = d.id LIMIT $3) AS those`,
		organisation, path, most).Scan(&n)
	return n, err
}

// OnlineOf reads the valid sessions of some members that were used lately.
func (t *Tx) OnlineOf(ctx context.Context, a session.Among, accounts []string) ([]session.Online, error) {
	args := []any{a.Organisation, micro(a.Now), micro(a.Since), a.Path}
	// The last one is repeated up to one of few sizes: few different statements.
	size := 16
	for size < len(accounts) {
		size *= 4
	}
	var places strings.Builder
	for i := range size {
		if i > 0 {
			places.WriteString(", ")
		}
		args = append(args, accounts[min(i, len(accounts)-1)])
		places.WriteString(placeholder(len(args)))
	}
	rows, err := list(ctx, t.tx, scanOnline, `SELECT x.account_id, x.department_id, x.role, s.device_kind, count(*), max(s.active_at)
		FROM members AS x JOIN accounts AS a ON a.id = x.account_id JOIN sessions AS s ON s.account_id = a.id
		LEFT JOIN departments AS d ON d.id = x.department_id
		WHERE x.organisation_id = $1 AND x.account_id IN (`+places.String()+`) AND s.active_at >= $3 AND `+live+`
		AND ($4 = '' OR substr(d.path, 1, length($4)) = $4)
		GROUP BY x.account_id, x.department_id, x.role, s.device_kind ORDER BY x.account_id`, args...)
	if err != nil {
		return nil, err
	}
	return byPerson(rows), nil
}

// onlineRow is one kind of device of one person.
type onlineRow struct {
	session.Online
	kind string
	n    int
}

func scanOnline(scan func(...any) error) (r onlineRow, err error) {
	var department sql.NullString
	var at int64
	err = scan(&r.Account, &department, &r.Role, &r.kind, &r.n, &at)
	r.Department, r.ActiveAt = department.String, instant(at)
	return r, err
}

func byPerson(rows []onlineRow) (all []session.Online) {
	for _, r := range rows {
		if len(all) == 0 || all[len(all)-1].Account != r.Account {
			r.Devices = map[string]int{}
			all = append(all, r.Online)
		}
		last := &all[len(all)-1]
		if last.Devices[r.kind] += r.n; r.ActiveAt.After(last.ActiveAt) {
			last.ActiveAt = r.ActiveAt
		}
	}
	return all
}

// EventsAbout reads the events about an organisation and its members.
func (t *Tx) EventsAbout(ctx context.Context, organisation string, since time.Time, limit int) ([]signal.Event, error) {
	return list(ctx, t.tx, scanEvent, `SELECT e.id, e.kind, e.at, e.scope, e.account, e.organisation, e.object, e.app, e.cause, e.initiator
		FROM events AS e WHERE e.at >= $1 AND (e.organisation = $2
			OR EXISTS (SELECT 1 FROM members AS m WHERE m.organisation_id = $2 AND m.account_id = e.account))
		ORDER BY e.at, e.id LIMIT $3`, micro(since), organisation, limit)
}
