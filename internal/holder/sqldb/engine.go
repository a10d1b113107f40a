package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// engine is what differs between the databases.
type engine interface {
	// version changes when tables or foreign keys do.
	version(ctx context.Context, db *sql.DB) (string, error)
	catalogue(ctx context.Context, db *sql.DB) (*catalogue, error)
	// compare gives an SQL expression that says whether the column has the
	// value of a parameter; never is for a value that the column cannot have.
	compare(column string, k kind, value, parameter string) (expression string, never bool)
	// value gives an SQL expression of the parameter that can be put into a
	// column; ok is false for a value that the column cannot have.
	value(k kind, value, parameter string) (expression string, ok bool)
	// locked says how a SELECT keeps others from the rows that it reads.
	locked() string
	// settle is called after a commit: what it can do to keep the engine's own
	// files from holding what was erased. Its failure loses nothing.
	settle(ctx context.Context, db *sql.DB)
	// explain says what an error of the driver means.
	explain(err error) (meaning, bool)
}

// meaning is what an error of a driver comes down to. It holds nothing of its
// text, which can quote rows.
type meaning struct {
	code string // of the fault
	told string // the engine's own code
}

var errDSN = errors.New("sqldb: neither sqlite:PATH nor postgres://…")

// openEngine makes a pool. It connects to nothing yet.
func openEngine(dsn, baseDir string) (engine, *sql.DB, error) {
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok && path != "" {
		return openSQLite(path, baseDir)
	}
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		db, err := openPostgres(dsn)
		return postgres{}, db, err
	}
	return nil, nil, errDSN
}

// maxConnections is small: the database is the application's, not ours.
const maxConnections = 4

// scan reads all rows of a query.
func scan(ctx context.Context, db *sql.DB, query string, each func(*sql.Rows) error) (err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
