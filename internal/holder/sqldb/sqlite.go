package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// sqlite is one database file.
type sqlite struct {
	path string

	mu       sync.Mutex
	file     os.FileInfo // the file behind the path when it was last looked at; nil for none
	replaced int         // how often that was another one than before
}

// idleFor is how long a connection is kept for the next statement. Not longer:
// while a file is open it cannot be restored from a backup without harm
// (https://sqlite.org/howtocorrupt.html, section 1.2).
const idleFor = time.Second

// openSQLite opens a file that is there: a mapping with a slip in its path must
// not make an empty database and find nothing in it. The journal mode is the
// application's to choose. Transactions take the whole file at once, so that
// none fails half-way; erased bytes are overwritten.
func openSQLite(path, baseDir string) (*sqlite, *sql.DB, error) {
	path = strings.TrimPrefix(path, "//") // some write a database as a URL, with an empty host
	if !filepath.IsAbs(path) {
		path = filepath.Join(baseDir, path)
	}
	q := url.Values{"mode": {"rw"}, "_txlock": {"exclusive"}, "_pragma": {"busy_timeout(10000)", "foreign_keys(1)", "secure_delete(1)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, nil, errDSN
	}
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	db.SetConnMaxIdleTime(idleFor)
	return &sqlite{path: path}, db, nil
}

// follow lets go of connections to a file that is no longer the one behind the
// path: what is erased there is erased nowhere.
func (e *sqlite) follow(db *sql.DB) (replaced int) {
	now, err := os.Stat(e.path)
	if err != nil {
		now = nil // the next statement says that it cannot be opened
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if now == nil || e.file == nil || !os.SameFile(e.file, now) {
		e.replaced++
		db.SetMaxIdleConns(0) // closes those that are idle
		db.SetMaxIdleConns(maxConnections)
	}
	e.file = now
	return e.replaced
}

func (e *sqlite) version(ctx context.Context, db *sql.DB) (string, error) {
	replaced, schema := e.follow(db), 0
	err := db.QueryRowContext(ctx, `PRAGMA schema_version`).Scan(&schema)
	return fmt.Sprintf("%d/%d", replaced, schema), err
}

func (e *sqlite) catalogue(ctx context.Context, db *sql.DB) (*catalogue, error) {
	c := &catalogue{caseless: true}
	err := scan(ctx, db, `SELECT m.name, x.name, x."notnull", x.pk, x.hidden FROM sqlite_schema m, pragma_table_xinfo(m.name) x
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND x.hidden <> 1 ORDER BY m.name, x.cid`, func(rows *sql.Rows) error {
		var name string
		var col column
		var notNull, pk, hidden int
		if err := rows.Scan(&name, &col.name, &notNull, &pk, &hidden); err != nil {
			return err
		}
		// An integer primary key takes NULL for "the next number".
		col.required, col.generated = notNull != 0 || pk > 0, hidden > 1
		if n := len(c.tables); n == 0 || c.tables[n-1].name != name {
			c.tables = append(c.tables, &table{name: name})
		}
		t := c.tables[len(c.tables)-1]
		t.columns = append(t.columns, &col)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, e.foreignKeys(ctx, db, c)
}

func (e *sqlite) foreignKeys(ctx context.Context, db *sql.DB, c *catalogue) error {
	var fk *foreignKey
	// A key that is not written is the primary key's column at the same place.
	return scan(ctx, db, `SELECT m.name, f.seq, f."table", f."from", coalesce(f."to", p.name, '')
		FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f LEFT JOIN pragma_table_info(f."table") p ON p.pk = f.seq + 1
		WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq`, func(rows *sql.Rows) error {
		var from, to, name, key string
		var seq int
		if err := rows.Scan(&from, &seq, &to, &name, &key); err != nil {
			return err
		}
		if seq == 0 {
			fk = &foreignKey{from: c.table(from), to: c.table(to)}
			if fk.from == nil || fk.to == nil {
				fk = nil // SQLite allows a reference to a table that is not there yet
				return nil
			}
			c.foreign = append(c.foreign, fk)
		}
		if fk == nil {
			return nil
		}
		col, target := c.column(fk.from, name), c.column(fk.to, key)
		if col == nil || target == nil {
			return fmt.Errorf("sqldb: the foreign key %s.%s names no column", from, name)
		}
		fk.columns, fk.keys = append(fk.columns, col), append(fk.keys, target)
		return nil
	})
}

// compare leaves it to SQLite, whose columns take and compare values of any
// type by their affinity.
func (*sqlite) compare(column string, _ kind, _, parameter string) (string, bool) {
	return column + " = " + parameter, false
}

func (*sqlite) value(_ kind, _, parameter string) (string, bool) { return parameter, true }

func (*sqlite) locked() string { return "" } // the transaction has the whole file

// settle empties the write-ahead log, whose old pages hold what was erased. A
// reader can be in the way; then the application's own checkpoint comes later.
func (*sqlite) settle(ctx context.Context, db *sql.DB) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, _ = db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
}

func (*sqlite) explain(err error) (meaning, bool) {
	var e *driver.Error
	if !errors.As(err, &e) {
		return meaning{}, false
	}
	m := meaning{code: "holder_database_refused", told: fmt.Sprintf("SQLite %d", e.Code())}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		m.code = "holder_busy"
	case lib.SQLITE_CANTOPEN, lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT, lib.SQLITE_IOERR, lib.SQLITE_FULL:
		m.code = "holder_unreachable"
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_AUTH:
		m.code = "holder_forbidden"
	case lib.SQLITE_CONSTRAINT:
		m.code = "holder_constraint"
	}
	return m, true
}
