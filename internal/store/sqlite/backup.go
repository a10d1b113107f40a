package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store"
)

// Backup writes a whole and consistent copy of the database to a new file, while
// others go on writing. A file that is there already is never overwritten
// (backup_exists).
func Backup(ctx context.Context, db *store.DB, path string) error {
	// SQLite writes into an empty file as it is; so nobody else may read it.
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fault.New(fault.Conflict, "backup_exists", "path", path)
	}
	if err != nil {
		return fmt.Errorf("sqlite: backup: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("sqlite: backup: %w", err)
	}
	if err := vacuumInto(ctx, db.Read, path); err != nil {
		return errors.Join(fmt.Errorf("sqlite: backup: %w", err), os.Remove(path))
	}
	return nil
}

// vacuumInto takes one of the connections for reading and lets it write the one
// file; afterwards it is closed, for the others must never write.
func vacuumInto(ctx context.Context, read *sql.DB, path string) error {
	conn, err := read.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // that is how a connection leaves its pool
	if _, err := conn.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `VACUUM INTO $1`, path)
	return err
}
