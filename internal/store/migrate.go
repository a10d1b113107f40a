package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store/migrations"
)

// Migrate brings the schema of Signoff's own tables to the newest version, and
// refuses one that a newer program has left (database_newer): what that one
// changed, this one would not keep. The queue's tables are the queue's own affair.
func Migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect) error {
	p, err := goose.NewProvider(dialect, db, migrations.FS)
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	have, known, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	if have > known {
		return fault.New(fault.Conflict, "database_newer", "have", have, "known", known)
	}
	return nil
}
