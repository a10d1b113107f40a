package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/store"
)

// An erasure is held against the schema itself: every column of every table that
// can name what is erased gets a row that does, so that a table which somebody
// adds tomorrow is erased too, or says here why it is not.
type erasure struct {
	id      string
	columns *regexp.Regexp    // those that name it; the rows of its own table are not looked at
	table   string            // its own table
	kept    map[string]string // table or table.column: why it stays
	erase   func(ctx context.Context, tx *store.Tx) error
	list    string // where a forgotten table belongs
}

func TestEveryTableWithAccountsIsErased(t *testing.T) {
	others := "an id alone, in a row about somebody or something else"
	e := erasure{
		id: "acc", table: "accounts", columns: regexp.MustCompile(`^(account|account_id|actor_id|by_id|successor_id|target)$|_account$|_by$`),
		kept: map[string]string{
			"closures":                 "the account's end; its personal columns are looked at below",
			"erasure_ledger":           "keeps an old backup from bringing the account back",
			"audit_entries":            "never deleted; ids only",
			"events":                   "ids only, gone after a while",
			"attestations.attested_by": others, "session_graces.by_id": others, "sign_out_orders.decided_by": others,
			"dissolutions": others, "dissolution_evidence": others, "dissolution_objections": others,
			"sign_out_orders.target": "the order goes with the account_id beside it",
		},
		erase: func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.EraseAccount(ctx, "acc", "closure", day, false)
			return err
		},
		list: "own in internal/store/account_erase.go",
	}
	run(t, func(t *testing.T, db *store.DB) {
		person(t, db, "acc")
		e.run(t, db)
		for table, key := range map[string]string{"closures": "account_id", "accounts": "id"} {
			for _, c := range sealed(t, db, table) {
				var left int
				err := db.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table+` WHERE `+key+` = 'acc' AND `+c+` IS NOT NULL`).Scan(&left)
				if err != nil || left > 0 && c != "status_hash" {
					t.Errorf("%s.%s outlives the account (%d rows, %v): empty it in EraseAccount in internal/store/account_erase.go", table, c, left, err)
				}
			}
		}
	})
}

func TestEveryTableWithOrganisationsIsErased(t *testing.T) {
	e := erasure{
		id: "org", table: "organisations", columns: regexp.MustCompile(`^organisation(_id)?$`),
		kept: map[string]string{
			"dissolutions": "its end", "dissolution_ledger": "proof of its end",
			"audit_entries": "never deleted; ids only", "events": "ids only, gone after a while",
		},
		erase: func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.EraseOrganisation(ctx, "org", "dissolution")
			return err
		},
		list: "ownOfOrganisation in internal/store/organisation_erase.go",
	}
	run(t, func(t *testing.T, db *store.DB) { e.run(t, db) })
}

func (e erasure) run(t *testing.T, db *store.DB) {
	t.Helper()
	found := map[string]string{} // table.column: what finds its row
	plant(t, db, func(into *sql.Conn) {
		for _, table := range tables(t, db) {
			for _, c := range columns(t, db, table) {
				where := table + "." + c.Name()
				switch {
				case where == "idempotency_keys.scope" && e.table == "accounts":
					found[where] = "principal:" + e.id + " POST /v1/closures"
				case table != e.table && e.columns.MatchString(c.Name()):
					found[where] = e.id
				default:
					continue
				}
				row(t, into, table, columns(t, db, table), c.Name(), found[where], len(found))
			}
		}
	})
	if len(found) < 12 {
		t.Fatalf("only %d columns", len(found))
	}
	update(t, db, func(tx *store.Tx) error { return e.erase(t.Context(), tx) })
	for where, value := range found {
		table, column, _ := strings.Cut(where, ".")
		var left int
		if err := db.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, value).Scan(&left); err != nil {
			t.Fatal(err)
		}
		if kept := e.kept[table] + e.kept[where]; left > 0 && kept == "" {
			t.Errorf("%s still names what was erased: delete the row by %s, or say here why it stays", where, e.list)
		} else if left == 0 && e.kept[where] != "" {
			t.Errorf("%s is erased, and said to be kept: %s", where, kept)
		}
	}
	for _, table := range tables(t, db) {
		e.known(t, db, table)
	}
}

// known fails on a column that refers to what is erased under a name that is not
// looked for.
func (e erasure) known(t *testing.T, db *store.DB, table string) {
	if db.DriverPrepares { // PostgreSQL, which has the same migrations
		return
	}
	refers, err := db.Read.QueryContext(t.Context(), `SELECT "from" FROM pragma_foreign_key_list($1) WHERE "table" = $2`, table, e.table)
	if err != nil {
		t.Fatal(err)
	}
	defer refers.Close()
	for refers.Next() {
		var column string
		if err := refers.Scan(&column); err != nil || !e.columns.MatchString(column) {
			t.Errorf("%s.%s refers to %s: look for that name above, %v", table, column, e.table, err)
		}
	}
	if err := refers.Err(); err != nil {
		t.Fatal(err)
	}
}

// plant writes rows without the rows that they refer to.
func plant(t *testing.T, db *store.DB, write func(into *sql.Conn)) {
	t.Helper()
	off, on := `PRAGMA foreign_keys = OFF`, `PRAGMA foreign_keys = ON`
	if db.DriverPrepares {
		off, on = `SET session_replication_role = replica`, `SET session_replication_role = origin`
	}
	into, err := db.Write.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer into.Close()
	must := func(statement string) {
		if _, err := into.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	must(off)
	write(into)
	must(on)
}

// row fills all of a row's columns, with the value in the one that is named.
func row(t *testing.T, into *sql.Conn, table string, columns []*sql.ColumnType, column, value string, n int) {
	t.Helper()
	var names, places []string
	var values []any
	for i, c := range columns {
		var v any
		switch kind := c.DatabaseTypeName(); {
		case c.Name() == column:
			v = value
		case c.Name() == "organisation_id":
			v = "org" // one for all, as a presence goes by its membership
		case kind == "TEXT":
			v = fmt.Sprint("x", n)
		case kind == "BYTEA":
			v = fmt.Appendf(nil, "x%d", n)
		case strings.HasPrefix(kind, "BOOL"):
			v = false
		default:
			v = n
		}
		names, places, values = append(names, c.Name()), append(places, fmt.Sprint("$", i+1)), append(values, v)
	}
	_, err := into.ExecContext(t.Context(), `INSERT INTO `+table+` ("`+strings.Join(names, `", "`)+`") VALUES (`+strings.Join(places, ", ")+`)`, values...)
	if err != nil {
		t.Fatalf("a row of %s: %v", table, err)
	}
}

// tables lists Signoff's own tables.
func tables(t *testing.T, db *store.DB) (names []string) {
	t.Helper()
	query := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if db.DriverPrepares {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
	}
	found, err := db.Read.QueryContext(t.Context(), query+` ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(name, "river_") && !strings.HasPrefix(name, "sqlite_") && !strings.HasPrefix(name, "goose_") {
			names = append(names, name)
		}
	}
	if err := found.Err(); err != nil || len(names) < 40 {
		t.Fatalf("only %d tables, %v", len(names), err)
	}
	return names
}

func columns(t *testing.T, db *store.DB, table string) []*sql.ColumnType {
	t.Helper()
	none, err := db.Read.QueryContext(t.Context(), `SELECT * FROM `+table+` WHERE 1 = 0`)
	if err != nil {
		t.Fatal(err)
	}
	defer none.Close()
	all, err := none.ColumnTypes()
	if err != nil || none.Err() != nil {
		t.Fatal(err, none.Err())
	}
	return all
}

// sealed lists the columns that can hold what is personal.
func sealed(t *testing.T, db *store.DB, table string) (names []string) {
	t.Helper()
	for _, c := range columns(t, db, table) {
		if c.DatabaseTypeName() == "BYTEA" {
			names = append(names, c.Name())
		}
	}
	return names
}
