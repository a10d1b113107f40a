package sqldb_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/sqldb"
)

const replacedMapping = `
tables:
  - {table: people, person: {column: account, match: account}, action: delete}
`

// An application that restores its file from a backup puts another one in its
// place: what is erased must be erased there.
func TestAFileThatIsReplacedIsTheOneThatIsErasedIn(t *testing.T) {
	for _, mode := range []string{"DELETE", "WAL"} {
		t.Run(mode, func(t *testing.T) {
			ctx := t.Context()
			w := newWorld(t, "sqlite", "PRAGMA journal_mode = "+mode+";\nCREATE TABLE people (account TEXT);\n")
			h := w.open(t, replacedMapping)
			path := w.dsn[len("sqlite:"):]
			for i := range 3 {
				who := holder.Subject{Account: fmt.Sprint("a", i), Pseudonym: "p"}
				w.exec(t, "INSERT INTO people VALUES ($1)", who.Account)
				erased(t, h, who)
				if err := w.db.Close(); err != nil {
					t.Fatal(err)
				}
				if mode == "WAL" {
					gone(t, path+"-wal") // an idle holder keeps no file open
				}
				if err := os.Rename(path, path+".old"); err != nil {
					t.Fatal(err)
				}
				if err := h.Check(ctx); !fault.Is(err, "holder_unreachable") {
					t.Errorf("without its file the holder answers %v", err)
				}
				another := newWorld(t, "sqlite", "PRAGMA journal_mode = "+mode+";\nCREATE TABLE people (account TEXT);\n")
				another.exec(t, "INSERT INTO people VALUES ($1)", who.Account)
				if err := another.db.Close(); err != nil {
					t.Fatal(err)
				}
				if err := os.Rename(another.dsn[len("sqlite:"):], path); err != nil {
					t.Fatal(err)
				}
				left, err := h.Verify(ctx, who)
				if err != nil || len(left.Items) != 1 {
					t.Fatalf("in the other file the person is %v, %v", left, err)
				}
				erased(t, h, who)
				w.reopen(t)
				if n := len(w.rows(t, "people")); n != 0 {
					t.Errorf("%d rows are left", n)
				}
			}
		})
	}
}

// A file that has other tables is not taken for the one before.
func TestAFileThatIsReplacedByAnotherKindOfFile(t *testing.T) {
	w := newWorld(t, "sqlite", "CREATE TABLE people (account TEXT);\n")
	h := w.open(t, replacedMapping)
	if err := h.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := newWorld(t, "sqlite", "CREATE TABLE animals (account TEXT);\n") // of the same schema version
	if err := os.Rename(other.dsn[len("sqlite:"):], w.dsn[len("sqlite:"):]); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Count(t.Context(), holder.Subject{Account: "a", Pseudonym: "p"}); !fault.Is(err, "holder_mapping_unfit") {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(w.dsn[len("sqlite:"):], []byte("this is no database, though it is as long as one needs to be\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := h.Check(t.Context()); !fault.Is(err, "holder_unreachable") {
		t.Errorf("got %v", err)
	}
}

func erased(t *testing.T, h *sqldb.Holder, who holder.Subject) {
	t.Helper()
	done := task(who)
	done.Key = "closure-" + who.Account
	if _, err := h.Erase(t.Context(), done); err != nil {
		t.Fatal(err)
	}
	if left, err := h.Verify(t.Context(), who); err != nil || len(left.Items) != 0 {
		t.Fatalf("left: %v, %v", left, err)
	}
}

// reopen opens the application's own connection again.
func (w *world) reopen(t *testing.T) {
	t.Helper()
	var err error
	if w.db, err = sql.Open("sqlite", "file:"+w.dsn[len("sqlite:"):]+"?_pragma=busy_timeout(10000)"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.db.Close() })
}

func gone(t *testing.T, path string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := os.Stat(path); os.IsNotExist(err) {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s is still there", path)
		case <-tick.C:
		}
	}
}
