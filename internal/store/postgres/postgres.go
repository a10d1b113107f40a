// Package postgres opens Signoff's own database on PostgreSQL 15 or later.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/queue"
	"github.com/signoff-id/signoff/internal/store"
)

// Open connects to the database that dsn names and migrates it.
func Open(ctx context.Context, dsn string, vault *keys.Vault, log *slog.Logger) (*store.DB, error) {
	conf, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		// pgx hides the password in its message.
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if conf.MaxConns < 16 {
		conf.MaxConns = int32(max(16, 4*runtime.NumCPU()))
	}
	pool, err := pgxpool.NewWithConfig(ctx, conf)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	sqldb := stdlib.OpenDBFromPool(pool)
	db := &store.DB{
		Write: sqldb, Read: sqldb, Vault: vault,
		Transient: transient, Duplicate: duplicate, Ended: pool.Close,
		// The pool takes every connection back at once, and with it goes what
		// database/sql had prepared on it; pgx's own statements stay.
		DriverPrepares: true, BatchParameters: 8000,
	}
	driver := riverdatabasesql.NewWithPgxListener(sqldb, pool)
	if err := store.Migrate(ctx, sqldb, goose.DialectPostgres); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := queue.Migrate(ctx, driver, log); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if db.Queue, err = queue.New(driver, log); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// SQLSTATE classes, PostgreSQL documentation appendix A.
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	uniqueViolation      = "23505"
)

func transient(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == serializationFailure || e.Code == deadlockDetected)
}

func duplicate(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == uniqueViolation
}
