package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/session"
)

// presencePage is how many people a page shows.
const presencePage = 50

// few is how many are online in an organisation of which hardly anybody is, and
// how many members a small one has.
const few = 5

// hall is an organisation some of whose members are online.
type hall struct {
	id     string
	name   string
	online int64
}

// presence measures a page and a count of who is online: in a huge organisation
// with everybody there, in one with hardly anybody, and in a small one beside
// them. The floor is a page of the members' own primary key.
func presence(ctx context.Context, b *bench) error {
	return b.in(ctx, "presence", nil, func(p *place) error {
		// Nobody falls silent while it is measured.
		p.app.Sessions.Window = 24 * time.Hour
		n := b.organisations[len(b.organisations)-1]
		var halls []hall
		for _, h := range []struct {
			name            string
			members, online int64
		}{
			{fmt.Sprintf("everybody of %d online", n), n, n},
			{fmt.Sprintf("%d of %d online", few, n), n, few},
			{fmt.Sprintf("a small organisation beside %d sessions", n), few, few},
		} {
			id, err := p.hall(ctx, h.members, h.online)
			if err != nil {
				return err
			}
			halls = append(halls, hall{id, h.name, h.online})
			b.say("%s: ready", h.name)
		}
		if err := p.settle(ctx); err != nil {
			return err
		}
		page, err := p.read.PrepareContext(ctx, `SELECT account_id, department_id, role FROM members WHERE organisation_id = $1 AND account_id > $2 ORDER BY account_id LIMIT 50`) //nolint:sqlclosecheck // closed below; the linter loses sight of it in the closure
		if err != nil {
			return err
		}
		defer page.Close()
		floor := side{name: "a page of members by primary key", run: func(ctx context.Context, n int) (time.Duration, error) {
			return concurrently(ctx, 1, n, func(ctx context.Context, _, _ int) error { return readPage(ctx, page, halls[0].id) })
		}}
		for _, h := range halls {
			if err := b.compare(ctx, "presence", "", side{name: "a page of who is online, " + h.name, run: p.presencePages(h)}, floor); err != nil {
				return err
			}
			if err := b.compare(ctx, "presence", "", side{name: "a count of who is online, " + h.name, run: p.presenceCounts(h)}, floor); err != nil {
				return err
			}
		}
		return nil
	})
}

func readPage(ctx context.Context, page *sql.Stmt, organisation string) error {
	rows, err := page.QueryContext(ctx, organisation, "")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var account, role string
		var department sql.NullString
		if err := rows.Scan(&account, &department, &role); err != nil {
			return err
		}
	}
	return rows.Err()
}

// hall makes an organisation whose first members are online, one session each.
func (p *place) hall(ctx context.Context, members, online int64) (id string, err error) {
	if id, err = p.organisation(ctx); err != nil {
		return id, err
	}
	now := p.app.Sessions.Now().UnixMicro()
	slot := now - now%p.app.Sessions.Window.Microseconds()
	return id, p.bulk(ctx, func(tx *sql.Tx) error {
		people, err := p.people(ctx, tx, members)
		if err != nil {
			return err
		}
		if err := p.members(ctx, tx, id, people); err != nil {
			return err
		}
		if _, err := p.sessions(ctx, tx, block{people.first, online}, online); err != nil {
			return err
		}
		return p.fill(ctx, tx, online, `presence (organisation_id, account_id, slot)`,
			fmt.Sprintf(`'%s', %s, %d`, id, idOf(fmt.Sprint(people.first-1, " + i")), slot))
	})
}

func (p *place) presencePages(h hall) func(context.Context, int) (time.Duration, error) {
	return func(ctx context.Context, n int) (time.Duration, error) {
		return concurrently(ctx, 1, n, func(ctx context.Context, _, _ int) error {
			all, _, err := p.app.Sessions.Presence(ctx, app.Actor(), h.id, "", "", presencePage)
			if want := min(h.online, presencePage); err == nil && int64(len(all)) != want {
				err = fmt.Errorf("%d people were online, want %d", len(all), want)
			}
			return err
		})
	}
}

func (p *place) presenceCounts(h hall) func(context.Context, int) (time.Duration, error) {
	return func(ctx context.Context, n int) (time.Duration, error) {
		return concurrently(ctx, 1, n, func(ctx context.Context, _, _ int) error {
			c, err := p.app.Sessions.CountOnline(ctx, app.Actor(), h.id, "")
			if err == nil && (c.Devices[session.Desktop].People != c.People || int64(c.People) != min(h.online, 10_000)) {
				err = fmt.Errorf("counted %+v", c)
			}
			return err
		})
	}
}
