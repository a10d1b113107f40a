package storetest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store"
	"github.com/signoff-id/signoff/internal/store/storetest"
)

// An older program keeps off a database that a newer one has changed.
func TestASchemaOfANewerProgramIsRefused(t *testing.T) {
	for _, engine := range []struct {
		name    string
		open    func(testing.TB) *store.DB
		dialect goose.Dialect
	}{{"sqlite", storetest.SQLite, goose.DialectSQLite3},
		{"postgres", storetest.PostgreSQL, goose.DialectPostgres}} {
		t.Run(engine.name, func(t *testing.T) {
			db := engine.open(t)
			if err := store.Migrate(t.Context(), db.Write, engine.dialect); err != nil {
				t.Fatalf("our own schema: %v", err)
			}
			if _, err := db.Write.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)"); err != nil {
				t.Fatal(err)
			}
			if err := store.Migrate(t.Context(), db.Write, engine.dialect); !fault.Is(err, "database_newer") {
				t.Errorf("a newer schema: %v", err)
			}
		})
	}
}

// What stays held after the last try is told as that, and the cause is kept.
func TestADatabaseThatStaysHeldIsCalledBusy(t *testing.T) {
	held := errors.New("held")
	db := storetest.SQLite(t)
	db.Transient = func(err error) bool { return errors.Is(err, held) }
	tries := 0
	err := db.Update(context.Background(), func(*store.Tx) error { tries++; return held })
	if !fault.Is(err, "database_busy") || fault.Of(err).Kind != fault.Unavailable || !errors.Is(err, held) || tries < 2 {
		t.Errorf("after %d tries: %v", tries, err)
	}
}
