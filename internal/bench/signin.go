package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/store"
)

// signIns measures the commit of a sign-in, the hash of the password left out,
// against the least that could write it down: a transaction with one UPDATE of
// the account and two INSERTs.
func signIns(ctx context.Context, b *bench) error {
	return b.in(ctx, "signin", nil, func(p *place) error {
		all, err := b.crowd(ctx, p)
		if err != nil {
			return err
		}
		for _, statement := range []string{
			`CREATE TABLE bench_sessions (id TEXT PRIMARY KEY, token_hash BYTEA NOT NULL UNIQUE, account_id TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)`,
			`CREATE TABLE bench_log (id TEXT PRIMARY KEY, at BIGINT NOT NULL, account TEXT NOT NULL, data TEXT NOT NULL)`,
		} {
			if _, err := p.write.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		for _, at := range []struct {
			name string
			n    int
		}{{"one caller", 1}, {"16 callers", callers}} {
			each := func(do func(ctx context.Context, account string) error) func(context.Context, int) (time.Duration, error) {
				return func(ctx context.Context, n int) (time.Duration, error) {
					return concurrently(ctx, at.n, n, func(ctx context.Context, _, i int) error { return do(ctx, all.people.id(int64(i)%all.people.n)) })
				}
			}
			floor := side{name: "a commit of one UPDATE and two INSERTs, " + at.name, run: each(p.plainStart)}
			if err := b.compare(ctx, "signin", "", side{name: "the commit of a sign-in, " + at.name, run: each(p.start)}, floor); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *place) start(ctx context.Context, account string) error {
	return p.app.DB.Update(ctx, func(tx *store.Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		in, err := p.app.Sessions.Start(ctx, tx, session.Beginning{Account: account, App: "bench",
			Device: session.Device{Kind: session.Desktop, Name: "Desk", System: "Windows 11", Client: "Google Chrome 124"}}, p.app.Sessions.Now())
		if err == nil && in.Token == "" {
			err = fmt.Errorf("a sign-in without a token")
		}
		return err
	})
}

func (p *place) plainStart(ctx context.Context, account string) error {
	tx, err := p.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return plainRows(ctx, tx, account)
}

func plainRows(ctx context.Context, tx *sql.Tx, account string) error {
	at := began.UnixMicro()
	if _, err := tx.ExecContext(ctx, `UPDATE accounts SET version = version + 1 WHERE id = $1`, account); err != nil {
		return err
	}
	id := newID()
	if _, err := tx.ExecContext(ctx, `INSERT INTO bench_sessions (id, token_hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		id, session.HashToken(id), account, at, at); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO bench_log (id, at, account, data) VALUES ($1, $2, $3, $4)`, newID(), at, account, `{"device":"desktop"}`); err != nil {
		return err
	}
	return tx.Commit()
}
