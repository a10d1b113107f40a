package sqldb_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/holdertest"
	"github.com/signoff-id/signoff/internal/holder/sqldb"
	"github.com/signoff-id/signoff/internal/pgtest"
)

// world is an application's database with the application's own hand in it.
type world struct {
	engine string
	dsn    string // as a mapping names it
	db     *sql.DB
}

// everywhere runs a test on both databases.
func everywhere(t *testing.T, test func(t *testing.T, open func(t *testing.T, schema string) *world)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			test(t, func(t *testing.T, schema string) *world { return newWorld(t, engine, schema) })
		})
	}
}

func newWorld(t *testing.T, engine, schema string) *world {
	t.Helper()
	w := &world{engine: engine}
	var driver, dsn string
	if engine == "sqlite" {
		path := filepath.Join(t.TempDir(), "app.db")
		w.dsn = "sqlite:" + path
		driver, dsn = "sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(0)"
	} else {
		w.dsn = pgtest.DSN(t)
		driver, dsn = "pgx", w.dsn
	}
	var err error
	if w.db, err = sql.Open(driver, dsn); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.db.Close() })
	w.exec(t, schema)
	return w
}

// exec runs statements that end with ";" at the end of a line.
func (w *world) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	for statement := range strings.SplitSeq(text, ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, err := w.db.ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// open opens a holder on the world's database.
func (w *world) open(t *testing.T, mapping string) *sqldb.Holder {
	t.Helper()
	h, err := sqldb.Open("crm", []byte(mapping), "", w.dsn)
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// rows gives every row of the tables as text, by table and id, the first column.
func (w *world) rows(t *testing.T, tables ...string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, table := range tables {
		w.read(t, table, func(values []any) {
			text, err := json.Marshal(values[1:])
			if err != nil {
				t.Fatal(err)
			}
			all[fmt.Sprintf("%s#%v", table, values[0])] = string(text)
		})
	}
	return all
}

func (w *world) read(t *testing.T, table string, each func(values []any)) {
	t.Helper()
	rows, err := w.db.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		each(values)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func task(who holder.Subject) holder.Task {
	return holder.Task{Key: "closure-1/crm", Subject: who, At: holdertest.At()}
}
