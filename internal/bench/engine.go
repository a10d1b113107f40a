package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver of database/sql
	_ "modernc.org/sqlite"             // the "sqlite" driver

	"github.com/signoff-id/signoff/internal/pgtest"
)

var engineNames = []string{"sqlite", "postgres"}

// engine is a database to measure on, with the durability of real use.
type engine struct {
	name string
	// fresh makes an empty database and gives the dsn for Signoff's settings.
	fresh func(ctx context.Context, name string) (dsn string, err error)
	// open opens connections of our own to it, set up as somebody would for a
	// program that does nothing but what the floor does.
	open func(dsn string) (*pools, error)
	// random is SQL for 32 bytes that differ from row to row of a series g(i).
	random string
	// eager is SQL before a bulk insert: without the checks that its rows pass
	// anyway. settle is what a database does by itself in time.
	eager, settle []string
	// reap is SQL that clears away what many updates of closures leave behind.
	reap string
	stop func()
}

// pools are the floor's own connections to a database.
type pools struct{ read, write *sql.DB }

func (p *pools) close() error {
	if p.read == p.write {
		return p.read.Close()
	}
	return errors.Join(p.read.Close(), p.write.Close())
}

func newEngine(ctx context.Context, name, dir string) (*engine, error) {
	if name == "sqlite" {
		return onSQLite(dir), nil
	}
	return onPostgres(ctx)
}

func onSQLite(dir string) *engine {
	return &engine{
		name: "sqlite",
		fresh: func(_ context.Context, name string) (string, error) {
			return "sqlite:" + filepath.Join(dir, name+".db"), nil
		},
		open:   openSQLite,
		random: "randomblob(32)",
		eager:  []string{"PRAGMA foreign_keys = OFF", "PRAGMA cache_size = -262144"},
		settle: []string{"PRAGMA wal_checkpoint(TRUNCATE)"},
		reap:   "PRAGMA wal_checkpoint(TRUNCATE)",
		stop:   func() {},
	}
}

// openSQLite gives many readers and one writer that waits for the disk, as
// SQLite is used best.
func openSQLite(dsn string) (*pools, error) {
	one := func(lock string, size int) (*sql.DB, error) {
		q := url.Values{"_txlock": {lock}, "_pragma": {
			"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)"}}
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: dsn[len("sqlite:"):]}).EscapedPath()+"?"+q.Encode())
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(size)
		db.SetMaxIdleConns(size)
		return db, nil
	}
	read, err := one("deferred", callers)
	if err != nil {
		return nil, err
	}
	write, err := one("immediate", 1)
	if err != nil {
		return nil, errors.Join(err, read.Close())
	}
	return &pools{read: read, write: write}, nil
}

func onPostgres(ctx context.Context) (*engine, error) {
	server, err := pgtest.Start(ctx, pgtest.Options{Durable: true})
	if err != nil {
		return nil, err
	}
	return &engine{
		name:   "postgres",
		fresh:  func(ctx context.Context, _ string) (string, error) { return server.CreateDatabase(ctx) },
		open:   openPostgres,
		random: "sha256(CAST(CAST(random() AS TEXT) || CAST(i AS TEXT) AS BYTEA))",
		eager:  []string{"SET session_replication_role = replica"},
		settle: []string{"VACUUM ANALYZE", "CHECKPOINT"},
		reap:   "VACUUM closures",
		stop:   server.Stop,
	}, nil
}

func openPostgres(dsn string) (*pools, error) {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	db.SetMaxOpenConns(callers)
	db.SetMaxIdleConns(callers)
	return &pools{read: db, write: db}, nil
}
