// Package storetest runs the same tests on every engine that Signoff stands on.
package storetest

import (
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/store"
	"github.com/signoff-id/signoff/internal/store/postgres"
	"github.com/signoff-id/signoff/internal/store/sqlite"
)

// run runs test once on SQLite and once on PostgreSQL, each with a fresh
// database.
func run(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, PostgreSQL(t)) })
}

// SQLite opens a fresh database in a file of its own.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "signoff.db")
	NewFile(t, path)
	db, err := sqlite.Open(t.Context(), path, vault(t), quiet())
	return opened(t, db, err)
}

// PostgreSQL opens a fresh database on a private server.
func PostgreSQL(t testing.TB) *store.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), NewDSN(t), vault(t), quiet())
	return opened(t, db, err)
}

func opened(t testing.TB, db *store.DB, err error) *store.DB {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func vault(t testing.TB) *keys.Vault {
	t.Helper()
	v, err := throwaway()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
