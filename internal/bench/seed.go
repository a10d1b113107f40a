package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// Rows made in bulk have ids of the length and order of real ones, which end in
// the number of the row.
const (
	idPrefix = "00000000-0000-7000-8000-"
	idBase   = 100_000_000_000
)

func rowID(i int64) string { return idPrefix + strconv.FormatInt(idBase+i, 10) }

// idOf is rowID in SQL.
func idOf(number string) string {
	return fmt.Sprintf("'%s' || CAST(%d + %s AS TEXT)", idPrefix, int64(idBase), number)
}

// block is a run of rows made in bulk.
type block struct{ first, n int64 }

func (b block) id(i int64) string { return rowID(b.first + i) }

// fill inserts n rows: into is a table with its columns, values are SQL for
// them, in which i counts from 1 to n and {random} stands for random bytes.
func (p *place) fill(ctx context.Context, tx *sql.Tx, n int64, into, values string) error {
	// Both engines know the recursive series, and only one has another.
	query := fmt.Sprintf(`WITH RECURSIVE g(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM g WHERE i < %d)
		INSERT INTO %s SELECT %s FROM g`, n, into, strings.ReplaceAll(values, "{random}", p.engine.random))
	if _, err := tx.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("fill %s: %w", into, err)
	}
	return nil
}

// bulk runs fn in one transaction on a connection that is set up for bulk
// inserts.
func (p *place) bulk(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return p.alone(ctx, func(conn *sql.Conn) error {
		for _, set := range p.engine.eager {
			if _, err := conn.ExecContext(ctx, set); err != nil {
				return err
			}
		}
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := fn(tx); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// settle does at once what a database does by itself in time, so that it does
// not do it while something is measured.
func (p *place) settle(ctx context.Context) error {
	return p.alone(ctx, func(conn *sql.Conn) error {
		for _, statement := range p.engine.settle {
			if _, err := conn.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
}

// alone runs fn on a connection that nobody uses before or after it.
func (p *place) alone(ctx context.Context, fn func(*sql.Conn) error) error {
	pool, err := p.engine.open(p.app.Config.DSN())
	if err != nil {
		return err
	}
	conn, err := pool.write.Conn(ctx)
	if err != nil {
		return errors.Join(err, pool.close())
	}
	return errors.Join(fn(conn), conn.Close(), pool.close())
}

// people inserts active accounts. What is personal in them is left empty: it
// would have to be sealed one by one.
func (p *place) people(ctx context.Context, tx *sql.Tx, n int64) (block, error) {
	b := block{first: p.next + 1, n: n}
	p.next += n
	return b, p.fill(ctx, tx, n, `accounts (id, state, locale, created_at)`,
		fmt.Sprintf(`%s, 'active', 'zh-CN', %d`, idOf(fmt.Sprint(b.first-1, " + i")), began.Add(-time.Hour).UnixMicro()))
}

// members puts people into an organisation.
func (p *place) members(ctx context.Context, tx *sql.Tx, organisation string, people block) error {
	return p.fill(ctx, tx, people.n, `members (organisation_id, account_id, role, joined_at)`,
		fmt.Sprintf(`'%s', %s, 'member', %d`, organisation, idOf(fmt.Sprint(people.first-1, " + i")), began.Add(-time.Hour).UnixMicro()))
}

// sessions starts each of n sessions for the next of the people, around again
// when there are fewer people. They begin an hour before the clock does, or they
// would be newer than a mark that is raised at once.
func (p *place) sessions(ctx context.Context, tx *sql.Tx, people block, n int64) (block, error) {
	b := block{first: p.next + 1, n: n}
	p.next += n
	return b, p.fill(ctx, tx, n, `sessions (id, token_hash, account_id, device_id, device_kind, app, created_at, expires_at, active_at, idle_for, due_at)`,
		fmt.Sprintf(`%[1]s, {random}, %[2]s, %[1]s, 'desktop', 'bench', %[3]d, %[4]d, %[3]d, %[5]d, %[3]d + %[5]d`, idOf(fmt.Sprint(b.first-1, " + i")),
			idOf(fmt.Sprintf("%d + i %% %d", people.first, people.n)),
			began.Add(-time.Hour).UnixMicro(), began.Add(30*24*time.Hour).UnixMicro(), (14*24*time.Hour).Microseconds()))
}

// owner gives the account whose session the i-th of a block is.
func owner(people block, i int64) string { return people.id((i + 1) % people.n) }

// known is a session whose token we know.
type known struct{ id, token string }

// tokens gives up to n sessions of a block, spread over all of it, known tokens.
func (p *place) tokens(ctx context.Context, tx *sql.Tx, of block, n int64) ([]known, error) {
	n = min(n, of.n)
	all := make([]known, 0, n)
	for i := range n {
		// One in each stretch, so that none is drawn twice.
		stretch := of.n / n
		k := known{id: of.id(i*stretch + rand.Int64N(stretch)), token: fmt.Sprintf("%s%064x", session.TokenPrefix, of.first+i)}
		if _, err := tx.ExecContext(ctx, `UPDATE sessions SET token_hash = $2 WHERE id = $1`, k.id, session.HashToken(k.token)); err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all, nil
}
