package storetest

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/pgtest"
	"github.com/signoff-id/signoff/internal/store/postgres"
	"github.com/signoff-id/signoff/internal/store/sqlite"
)

// Going through all migrations takes longer than most tests. Each test program
// does it once on each engine; every test then begins with a copy, which no test
// has seen before.

// NewFile puts an empty, migrated SQLite database at path.
func NewFile(t testing.TB, path string) {
	t.Helper()
	file, err := migratedFile()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// NewDSN gives an empty, migrated PostgreSQL database of the test's own.
func NewDSN(t testing.TB) string {
	t.Helper()
	template, err := migratedDatabase()
	if err != nil {
		t.Fatal(err)
	}
	return pgtest.Copy(t, template)
}

var migratedFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "signoff-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "signoff.db")
	vault, err := throwaway()
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(context.Background(), path, vault, quiet())
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil { // the last connection writes the log into the file
		return nil, err
	}
	return os.ReadFile(path)
})

var migratedDatabase = sync.OnceValues(func() (string, error) {
	dsn, err := pgtest.Template()
	if err != nil {
		return "", err
	}
	vault, err := throwaway()
	if err != nil {
		return "", err
	}
	db, err := postgres.Open(context.Background(), dsn, vault, quiet())
	if err != nil {
		return "", err
	}
	return dsn, db.Close()
})

// throwaway is a vault that seals nothing that anybody will open.
func throwaway() (*keys.Vault, error) {
	ring, err := keys.Generate(rand.Reader, time.Unix(0, 0))
	if err != nil {
		return nil, err
	}
	return ring.Vault(), nil
}
