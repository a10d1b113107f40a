// Package sqlite opens Signoff's own database as one SQLite file.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/queue"
	"github.com/signoff-id/signoff/internal/store"
)

// Open opens the file at path, makes it where it is missing, and migrates it.
// Several processes may have it open at once on one machine.
func Open(ctx context.Context, path string, vault *keys.Vault, log *slog.Logger) (*store.DB, error) {
	if err := private(path); err != nil {
		return nil, err
	}
	// A large transaction keeps 32 MiB of pages (the value is in KiB) before they
	// spill: names are spread over their index at random.
	write, err := pool(path, "immediate", 1, "cache_size(-32768)")
	if err != nil {
		return nil, err
	}
	// The queue polls by itself: with connections of its own it never waits for
	// a transaction that waits for it.
	jobs, err := pool(path, "immediate", 2)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := pool(path, "deferred", 8, "query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close(), jobs.Close())
	}
	db := &store.DB{
		Write: write, Read: read, Vault: vault,
		Transient: transient, Duplicate: duplicate, BatchParameters: 100,
		Ended: func() { jobs.Close() },
	}
	driver := riversqlite.New(jobs)
	if err := store.Migrate(ctx, write, goose.DialectSQLite3); err != nil {
		return nil, errors.Join(folder(path, err), db.Close())
	}
	if err := queue.Migrate(ctx, driver, log); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if db.Queue, err = queue.New(driver, log); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// private makes a missing file readable by its owner alone; SQLite gives its
// companions, the log and the shared memory, the same rights.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("sqlite: %w", err)
	}
	return f.Close()
}

// folder names the folder of the file where SQLite may not write the log and the
// shared memory beside it.
func folder(path string, err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code()&0xff == lib.SQLITE_READONLY || e.Code()&0xff == lib.SQLITE_CANTOPEN) {
		return fmt.Errorf("sqlite: %w", &fs.PathError{Op: "open", Path: filepath.Dir(path), Err: e})
	}
	return err
}

func pool(path, lock string, size int, more ...string) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}, "_pragma": append([]string{
		// The waiting time comes first: it must hold for the switch to WAL too.
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)",
	}, more...)}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

func transient(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == lib.SQLITE_BUSY || code == lib.SQLITE_LOCKED
}

func duplicate(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || e.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY)
}
