// Package store holds every SQL statement of Signoff's own database, one file a
// noun. A statement has one text that runs on SQLite and PostgreSQL alike. The
// rooms of the domain declare the small transaction interfaces that they need;
// Tx implements them all, and no room of the domain imports this one.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/queue"
)

// DB is Signoff's own database.
type DB struct {
	// Write is the pool for transactions. On SQLite it has one connection that
	// begins IMMEDIATE, so writers queue in Go and not on the file's lock.
	Write *sql.DB
	// Read is the pool for single reads outside transactions; on PostgreSQL it
	// is the same pool.
	Read *sql.DB
	// Vault seals every personal column.
	Vault *keys.Vault
	// Queue takes the jobs that commit with a transaction.
	Queue *queue.Queue
	// Transient says whether an error means "run the transaction again".
	Transient func(error) bool
	// Duplicate says whether an error is a violated unique constraint.
	Duplicate func(error) bool
	// DriverPrepares says that the driver prepares every statement by itself
	// and keeps it with its connection. Preparing once more, through
	// database/sql, would then cost round trips and save none.
	DriverPrepares bool
	// BatchParameters is how many parameters a statement for many rows should
	// have. PostgreSQL counts round trips; SQLite looks each parameter up among
	// those before it, so that the time grows with their square.
	BatchParameters int
	check           prepared

	// Ended closes what belongs to the engine beside the two pools.
	Ended func()
}

// Tx is one transaction: all statements of all rooms, one commit.
type Tx struct {
	tx       *sql.Tx
	db       *DB
	prepared map[string]*sql.Stmt // by text, for this transaction
}

// attempts bounds how often a transaction is run again after a transient error.
const attempts = 12

// Update runs fn in one transaction and commits when fn returns nil. A
// transaction that the engine gave up for another's sake (deadlock,
// serialisation, busy) is run again from the start, so fn must do nothing but
// use its Tx. After the last try it fails with database_busy.
func (db *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	var err error
	for try := 0; try < attempts; try++ {
		if err = db.once(ctx, fn); err == nil || !db.Transient(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(1<<min(try, 6)) * time.Millisecond):
		}
	}
	return fault.New(fault.Unavailable, "database_busy").Because(fmt.Errorf("store: gave up after %d tries: %w", attempts, err))
}

// View runs fn on one unchanging picture of the database; a write in it fails.
func (db *DB) View(ctx context.Context, fn func(*Tx) error) error {
	// PostgreSQL's default would give each statement a picture of its own.
	tx, err := db.Read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer tx.Rollback() // nothing was written
	return fn(&Tx{tx: tx, db: db})
}

func (db *DB) once(ctx context.Context, fn func(*Tx) error) error {
	tx, err := db.Write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	if err := fn(&Tx{tx: tx, db: db}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	return nil
}

// InTx gives a room its way into a transaction, as the interface that the room
// declared; the compiler checks that Tx implements it.
func InTx[T any](db *DB, as func(*Tx) T) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		return db.Update(ctx, func(tx *Tx) error { return fn(as(tx)) })
	}
}

// ViewTx is InTx for reading.
func ViewTx[T any](db *DB, as func(*Tx) T) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		return db.View(ctx, func(tx *Tx) error { return fn(as(tx)) })
	}
}

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.Read.PingContext(ctx) }

// Close ends both pools.
func (db *DB) Close() error {
	err := errors.Join(db.Read.Close(), db.Write.Close())
	if db.Ended != nil {
		db.Ended()
	}
	return err
}

// exec runs a statement and gives the number of rows it touched.
func (t *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// micro turns an instant into what the tables hold.
func micro(t time.Time) int64 { return t.UnixMicro() }

// instant turns a column back into an instant in UTC.
func instant(us int64) time.Time { return time.UnixMicro(us).UTC() }

// maybe turns a zero instant into NULL.
func maybe(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// perhaps turns NULL into a zero instant.
func perhaps(us sql.NullInt64) time.Time {
	if !us.Valid {
		return time.Time{}
	}
	return instant(us.Int64)
}

// orNull turns an empty text into NULL.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
