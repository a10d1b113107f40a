package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// signOuts measures the sign-out of one session against the least that could
// write it down: a transaction with one UPDATE of the same row and one INSERT.
func signOuts(ctx context.Context, b *bench) error {
	return b.in(ctx, "signout", nil, func(p *place) error {
		all, err := b.crowd(ctx, p)
		if err != nil {
			return err
		}
		// As the audit log's table is, but for what orders the log.
		if _, err := p.write.ExecContext(ctx, `CREATE TABLE bench_log (id TEXT PRIMARY KEY, at BIGINT NOT NULL, actor_kind TEXT NOT NULL,
			actor_id TEXT NOT NULL, action TEXT NOT NULL, organisation TEXT NOT NULL, account TEXT NOT NULL, object TEXT NOT NULL,
			data TEXT NOT NULL)`); err != nil {
			return err
		}
		for _, at := range []struct {
			name string
			n    int
		}{{"one caller", 1}, {"16 callers", callers}} {
			floor := side{name: "a commit of one UPDATE and one INSERT, " + at.name, run: p.ending(all.people, at.n, p.plainEnd)}
			subject := side{name: "sign-out, " + at.name, run: p.ending(all.people, at.n, p.signOut)}
			if err := b.compare(ctx, "signout", "", subject, floor); err != nil {
				return err
			}
			if at.n == 1 {
				continue
			}
			placed := side{name: "sign-out with its place in the audit log, " + at.name, run: func(ctx context.Context, n int) (time.Duration, error) {
				if _, err := p.app.Audit.Sequence(ctx); err != nil {
					return 0, err
				}
				took, err := subject.run(ctx, n)
				if err != nil {
					return 0, err
				}
				begin := time.Now()
				_, err = p.app.Audit.Sequence(ctx)
				return took + time.Since(begin), err
			}}
			if err := b.compare(ctx, "signout", "", placed, floor); err != nil {
				return err
			}
		}
		return nil
	})
}

// ending starts n sessions, and measures how long it takes to end them all.
func (p *place) ending(people block, callers int, end func(ctx context.Context, account, session string) error) func(context.Context, int) (time.Duration, error) {
	return func(ctx context.Context, n int) (time.Duration, error) {
		var sessions block
		err := p.bulk(ctx, func(tx *sql.Tx) (err error) {
			sessions, err = p.sessions(ctx, tx, people, int64(n))
			return err
		})
		if err != nil {
			return 0, err
		}
		return concurrently(ctx, callers, n, func(ctx context.Context, _, i int) error {
			return end(ctx, owner(people, int64(i)), sessions.id(int64(i)))
		})
	}
}

func (p *place) signOut(ctx context.Context, account, session string) error {
	ended, err := p.app.Sessions.SignOut(ctx, account, session)
	if err == nil && ended != 1 {
		err = fmt.Errorf("the sign-out ended %d sessions", ended)
	}
	return err
}

func (p *place) plainEnd(ctx context.Context, account, session string) error {
	tx, err := p.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	at := began.UnixMicro()
	if _, err := tx.ExecContext(ctx, `UPDATE sessions SET ended_at = $2, end_cause = $3 WHERE id = $1`,
		session, at, "signed_out"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO bench_log (id, at, actor_kind, actor_id, action, organisation, account, object, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		newID(), at, "member", account, "session.ended", "", account, session, `{"ended":"1"}`); err != nil {
		return err
	}
	return tx.Commit()
}
