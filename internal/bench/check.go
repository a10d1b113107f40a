package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// knownTokens is how many sessions of a block have tokens that we know, and
// checkedTokens how many of those are checked while time is measured: a busy
// server has long seen the pages that they lie on, in each of its processes, and
// a short round should not measure how it sees them for the first time.
const (
	knownTokens   = 2_000
	checkedTokens = 250
	// firstChecks are asked before anything is measured. On PostgreSQL every
	// connection is a process, which reads the catalogue with its first statement
	// and plans a prepared one anew five times before it keeps a plan: 16 callers
	// pay for that 16 times, and a short round would show little else.
	firstChecks = 16 * 200
)

// checks measures the check of a session in process, against the least that a
// database can be asked: one row by its primary key, by a prepared statement.
func checks(ctx context.Context, b *bench) error {
	return b.in(ctx, "check", nil, func(p *place) error {
		all, err := b.crowd(ctx, p)
		if err != nil {
			return err
		}
		return b.compareChecks(ctx, p, all.known, 2*b.people)
	})
}

// crowd is an organisation with people in it who are signed in twice each.
type crowd struct {
	organisation string
	people       block
	known        []known
}

func (b *bench) crowd(ctx context.Context, p *place) (c crowd, err error) {
	if c.organisation, err = p.organisation(ctx); err != nil {
		return c, err
	}
	err = p.bulk(ctx, func(tx *sql.Tx) error {
		if c.people, err = p.people(ctx, tx, b.people); err != nil {
			return err
		}
		if err := p.members(ctx, tx, c.organisation, c.people); err != nil {
			return err
		}
		s, err := p.sessions(ctx, tx, c.people, 2*b.people)
		if err != nil {
			return err
		}
		c.known, err = p.tokens(ctx, tx, s, knownTokens)
		return err
	})
	return c, errors.Join(err, p.settle(ctx))
}

// compareChecks measures checks of some of all the sessions that there are.
func (b *bench) compareChecks(ctx context.Context, p *place, all []known, sessions int64) error {
	all = all[:min(checkedTokens, len(all))]
	row, err := p.read.PrepareContext(ctx, `SELECT account_id, expires_at FROM sessions WHERE id = $1`)
	if err != nil {
		return err
	}
	defer row.Close()
	return b.compareCheck(ctx, p, all, sessions, row)
}

func (b *bench) compareCheck(ctx context.Context, p *place, all []known, sessions int64, row *sql.Stmt) error {
	for _, at := range []struct {
		name string
		n    int
	}{{"one caller", 1}, {"16 callers", callers}} {
		subject := side{name: fmt.Sprintf("session check in process, among %d, %s", sessions, at.name), run: func(ctx context.Context, n int) (time.Duration, error) {
			return concurrently(ctx, at.n, n, func(ctx context.Context, _, i int) error {
				_, err := p.app.Sessions.Check(ctx, all[i%len(all)].token)
				return err
			})
		}}
		floor := side{name: "a prepared SELECT of the row by primary key, " + at.name, run: func(ctx context.Context, n int) (time.Duration, error) {
			return concurrently(ctx, at.n, n, func(ctx context.Context, _, i int) error {
				var account string
				var expires int64
				return row.QueryRowContext(ctx, all[i%len(all)].id).Scan(&account, &expires)
			})
		}}
		for _, one := range []side{subject, floor} {
			if _, err := one.run(ctx, firstChecks); err != nil {
				return err
			}
		}
		if err := b.compare(ctx, "check", "", subject, floor); err != nil {
			return err
		}
	}
	return nil
}
