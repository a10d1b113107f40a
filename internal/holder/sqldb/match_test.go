package sqldb_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

func leaver(account string) holder.Subject {
	return holder.Subject{Account: account, Pseudonym: "p-1"}
}

// Columns hold ids in the type that their application chose.
func TestKeysOfEveryType(t *testing.T) {
	const id = "01934c1e-0000-7000-8000-000000000001"
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		types := map[string][]string{"TEXT": {id, "42", "' OR 1=1 --"}, "VARCHAR(80)": {id}, "CHAR(80)": {id}, "BIGINT": {"42", "-7"}, "INTEGER": {"42"}, "SMALLINT": {"42"}}
		w := open(t, "")
		if w.engine == "postgres" {
			types["UUID"] = []string{id}
			types["NUMERIC"] = []string{"42"}
			w.exec(t, "CREATE DOMAIN account_id AS BIGINT")
			types["account_id"] = []string{"42"}
		}
		n := 0
		for typ, values := range types {
			for _, v := range values {
				n++
				table := fmt.Sprint("t", n)
				t.Run(typ+" "+v, func(t *testing.T) {
					w.exec(t, "CREATE TABLE "+table+" (id INTEGER PRIMARY KEY, owner "+typ+")")
					if _, err := w.db.ExecContext(t.Context(), "INSERT INTO "+table+" VALUES (1, $1)", v); err != nil {
						t.Fatal(err)
					}
					w.exec(t, "INSERT INTO "+table+" VALUES (2, NULL)")
					h := w.open(t, "tables:\n  - {table: "+table+", person: {column: owner, match: account}, action: delete}\n")
					// What the column cannot hold finds nothing, and is no error
					// that would quote it.
					for _, stranger := range []string{"9", "99999999999999999999", "nobody", "urn:uuid:" + id, "01934c1e-0000-7000-8000-00000000000f"} {
						if r, err := h.Erase(t.Context(), holder.Task{Key: table + stranger, Subject: leaver(stranger), At: task(leaver("x")).At}); err != nil || r.Items[0].Count != 0 {
							t.Errorf("%s: %+v, %v", stranger, r, err)
						}
					}
					r, err := h.Erase(t.Context(), holder.Task{Key: table, Subject: leaver(v), At: task(leaver("x")).At})
					if err != nil || r.Items[0].Count != 1 || len(w.rows(t, table)) != 1 {
						t.Errorf("%+v, %v", r, err)
					}
				})
			}
		}
	})
}

func TestNamesAreQuoted(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, `CREATE TABLE "order" (id INTEGER PRIMARY KEY, "select" TEXT, "we""ird; --" TEXT);
INSERT INTO "order" VALUES (1, 'leaver', 'x');
INSERT INTO "order" VALUES (2, 'other', 'x');
`)
		h := w.open(t, `tables: [{table: order, person: {column: select, match: account}, action: blank, blank: [select, 'we"ird; --']}]`)
		if _, err := h.Erase(t.Context(), task(leaver("leaver"))); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(w.rows(t, `"order"`)); got != `map["order"#1:[null,null] "order"#2:["other","x"]]` {
			t.Errorf("left %s", got)
		}
	})
}

func TestPostgresSchemas(t *testing.T) {
	w := newWorld(t, "postgres", `CREATE SCHEMA sales;
CREATE TABLE people (id INTEGER PRIMARY KEY, account TEXT);
CREATE TABLE sales.people (id INTEGER PRIMARY KEY, account TEXT);
CREATE TABLE sales.orders (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people (id));
INSERT INTO people VALUES (1, 'leaver');
INSERT INTO sales.people VALUES (1, 'leaver');
INSERT INTO sales.orders VALUES (1, 1);
`)
	entry := "tables:\n  - {table: people, person: {column: account, match: account}, action: delete}\n"
	refused(t, w.open(t, entry).Check(t.Context()), "holder_mapping_unfit", "2", "holder_reference_unmapped")
	h := w.open(t, entry+"  - {table: sales.orders, via: {column: person_id, table: people}, action: delete}\n")
	if _, err := h.Erase(t.Context(), task(leaver("leaver"))); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(w.rows(t, "people", "sales.people", "sales.orders")); got != `map[sales.people#1:["leaver"]]` {
		t.Errorf("left %s", got)
	}
}

func TestLeftoverInSomebodyElsesRow(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, `CREATE TABLE tickets (id INTEGER PRIMARY KEY, account TEXT, copy_to TEXT);
INSERT INTO tickets VALUES (1, 'leaver', 'Li.Na@Example.com');
INSERT INTO tickets VALUES (2, 'other', 'Li.Na@Example.com');
`)
		who := leaver("leaver")
		who.Identifiers = map[string][]string{holder.ByEmail: {"li.na@example.com"}}
		entry := "tables:\n  - {table: tickets, person: {column: account, match: account}, action: blank, blank: [account, copy_to]}\n"
		h := w.open(t, entry)
		if _, err := h.Erase(t.Context(), task(who)); err != nil {
			t.Fatal(err)
		}
		left, err := h.Verify(t.Context(), who)
		if err != nil || len(left.Items) != 1 || left.Items[0].Name != "tickets.copy_to" || left.Items[0].Count != 1 {
			t.Errorf("%+v, %v", left, err)
		}
		h = w.open(t, entry+"  - {table: tickets, name: copies, person: {column: copy_to, match: email}, action: blank, blank: [copy_to]}\n")
		if _, err := h.Erase(t.Context(), task(who)); err != nil {
			t.Fatal(err)
		}
		if left, err := h.Verify(t.Context(), who); err != nil || len(left.Items) != 0 {
			t.Errorf("%+v, %v", left, err)
		}
	})
}

// Two workers at one task: one lease ran out while its owner still worked.
func TestTriesAtTheSameTime(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, "CREATE TABLE t (id INTEGER PRIMARY KEY, owner TEXT)")
		entry := "tables:\n  - {table: t, person: {column: owner, match: account}, action: delete}\n"
		for i := range 100 {
			w.exec(t, fmt.Sprintf("INSERT INTO t VALUES (%d, 'leaver')", i))
		}
		var all sync.WaitGroup
		receipts := make([]string, 6)
		for i := range receipts {
			h := w.open(t, entry)
			all.Go(func() {
				r, err := h.Erase(t.Context(), task(leaver("leaver")))
				text, _ := json.Marshal(r)
				receipts[i] = fmt.Sprint(string(text), err)
			})
		}
		all.Wait()
		for _, r := range receipts {
			if want := `{"items":[{"name":"t","action":"delete","count":100}]}<nil>`; r != want {
				t.Errorf("got %s, want %s", r, want)
			}
		}
	})
}

func TestDamagedReceiptIsSaid(t *testing.T) {
	w := newWorld(t, "sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY, owner TEXT);\nINSERT INTO t VALUES (1, 'leaver')")
	h := w.open(t, "tables:\n  - {table: t, person: {column: owner, match: account}, action: delete}\n")
	if _, err := h.Erase(t.Context(), task(leaver("leaver"))); err != nil {
		t.Fatal(err)
	}
	w.exec(t, "UPDATE signoff_receipts SET receipt = '{'")
	if _, err := h.Erase(t.Context(), task(leaver("leaver"))); !fault.Is(err, "holder_receipt_damaged") {
		t.Errorf("got %v", err)
	}
}
