package sqldb_test

import (
	"fmt"
	"testing"

	"github.com/signoff-id/signoff/internal/fault"
)

const shop = `CREATE TABLE people (id INTEGER PRIMARY KEY, account TEXT NOT NULL UNIQUE, mail TEXT, age INTEGER);
CREATE TABLE orders (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people (id), note TEXT NOT NULL, account TEXT REFERENCES people (account));
CREATE TABLE parcels (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), twice INTEGER GENERATED ALWAYS AS (order_id * 2) STORED);
CREATE TABLE loose (id INTEGER PRIMARY KEY, person INTEGER);
CREATE TABLE hen (id INTEGER PRIMARY KEY, egg_id INTEGER, account TEXT);
CREATE TABLE egg (id INTEGER PRIMARY KEY, hen_id INTEGER REFERENCES hen (id), account TEXT);
`

const (
	people  = "  - {table: people, person: {column: account, match: account}, action: delete}\n"
	orders  = "  - {table: orders, via: {column: person_id, table: people}, action: delete}\n"
	parcels = "  - {table: parcels, via: {column: order_id, table: orders}, action: delete}\n"
	law     = "bases: {law: {zh-CN: 法, en: law}}\n"
)

func TestMappingMustFitItsDatabase(t *testing.T) {
	mail := "person: {column: mail, match: email}"
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, shop)
		for name, c := range map[string]struct{ entries, line, code string }{
			"table missing":     {"  - {table: persons, " + mail + ", action: delete}\n", "2", "holder_table_missing"},
			"person missing":    {"  - {table: people, person: {column: account_id, match: account}, action: delete}\n", "2", "holder_column_missing"},
			"blank missing":     {"  - {table: people, " + mail + ", action: blank, blank: [mail, phone]}\n", "2", "holder_column_missing"},
			"key missing":       {people + orders + parcels + "  - {table: loose, via: {column: person, table: people, key: nr}, action: delete}\n", "5", "holder_column_missing"},
			"no foreign key":    {people + orders + parcels + "  - {table: loose, via: {column: person, table: people}, action: delete}\n", "5", "holder_key_missing"},
			"blank needed":      {orders + parcels + people + "  - {table: orders, name: notes, person: {column: account, match: account}, action: blank, blank: [note, account]}\n", "5", "holder_column_required"},
			"pseudonym number":  {"  - {table: people, " + mail + ", action: pseudonymise, pseudonymise: [mail, age]}\n", "2", "holder_column_not_text"},
			"pseudonym refers":  {"  - {table: orders, person: {column: account, match: account}, action: pseudonymise, pseudonymise: [account]}\n", "2", "holder_column_refers"},
			"changed key":       {"  - {table: people, person: {column: account, match: account}, action: pseudonymise, pseudonymise: [account]}\n", "2", "holder_column_referred"},
			"generated":         {people + orders + "  - {table: parcels, via: {column: order_id, table: orders}, action: blank, blank: [order_id, twice]}\n", "4", "holder_column_generated"},
			"unmapped":          {people + orders, "3", "holder_reference_unmapped"},
			"unmapped, deeper":  {people, "2", "holder_reference_unmapped"},
			"mapped, left":      {people + "  - {table: orders, person: {column: account, match: account}, action: blank, blank: [account]}\n", "2", "holder_reference_left"},
			"circle of entries": {"  - {table: hen, person: {column: account, match: account}, action: blank, blank: [account]}\n  - {table: hen, name: again, person: {column: account, match: account}, action: blank, blank: [account, egg_id]}\n", "2", "holder_order_circle"},
			"literal": {people + parcels + "  - {table: orders, via: {column: person_id, table: people}, action: reassign, reassign: {column: person_id, to: nobody}}\n", "4",
				"holder_literal"},
		} {
			t.Run(name, func(t *testing.T) {
				if w.engine == "sqlite" && (c.code == "holder_column_not_text" || c.code == "holder_literal") {
					return // SQLite's columns take anything
				}
				refused(t, w.open(t, "tables:\n"+c.entries).Check(t.Context()), "holder_mapping_unfit", c.line, c.code)
			})
		}
		t.Run("fits", func(t *testing.T) {
			if err := w.open(t, "tables:\n"+people+orders+parcels).Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	})
}

// Two tables that refer to each other have no order, unless one reference is
// undone first.
func TestCircleOfForeignKeys(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		schema := `CREATE TABLE hen (id INTEGER PRIMARY KEY, account TEXT, egg_id INTEGER);
CREATE TABLE egg (id INTEGER PRIMARY KEY, account TEXT, hen_id INTEGER REFERENCES hen (id));
`
		w := open(t, schema)
		if w.engine == "sqlite" {
			w.exec(t, "DROP TABLE hen;\nCREATE TABLE hen (id INTEGER PRIMARY KEY, account TEXT, egg_id INTEGER REFERENCES egg (id))")
		} else {
			w.exec(t, "ALTER TABLE hen ADD FOREIGN KEY (egg_id) REFERENCES egg (id)")
		}
		both := "tables:\n  - {table: hen, person: {column: account, match: account}, action: delete}\n  - {table: egg, person: {column: account, match: account}, action: delete}\n"
		refused(t, w.open(t, both).Check(t.Context()), "holder_mapping_unfit", "2", "holder_order_circle")
		w.exec(t, "INSERT INTO hen VALUES (1, 'leaver', NULL);\nINSERT INTO hen VALUES (2, 'other', NULL);\nINSERT INTO egg VALUES (1, 'leaver', 1);\nUPDATE hen SET egg_id = 1")
		h := w.open(t, both+"  - {table: hen, name: hatched, via: {column: egg_id, table: egg}, action: blank, blank: [egg_id]}\n")
		r, err := h.Erase(t.Context(), task(leaver("leaver")))
		if err != nil || len(r.Items) != 3 || r.Items[2].Count != 2 {
			t.Fatalf("%+v, %v", r, err)
		}
		if got := fmt.Sprint(w.rows(t, "hen", "egg")); got != `map[hen#2:["other",null]]` {
			t.Errorf("left: %s", got)
		}
	})
}

// A mapping is checked against the database as it is, not as it was.
func TestPlanFollowsTheDatabase(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, shop)
		h := w.open(t, "tables:\n"+people+orders+parcels)
		if _, err := h.Erase(t.Context(), task(leaver("a"))); err != nil {
			t.Fatal(err)
		}
		w.exec(t, "CREATE TABLE likes (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people (id) ON DELETE CASCADE)")
		_, err := h.Erase(t.Context(), task(leaver("a")))
		refused(t, err, "holder_mapping_unfit", "2", "holder_reference_unmapped")
		w.exec(t, "DROP TABLE likes;\nALTER TABLE people RENAME COLUMN account TO account_id")
		for range 2 { // the first may learn it from a statement that fails
			_, err = h.Erase(t.Context(), task(leaver("a")))
		}
		refused(t, err, "holder_mapping_unfit", "2", "holder_column_missing")
		w.exec(t, "ALTER TABLE people RENAME COLUMN account_id TO account")
		if _, err := h.Erase(t.Context(), task(leaver("a"))); err != nil {
			t.Errorf("back as it was: %v", err)
		}
		if err := h.Check(t.Context()); err != nil {
			t.Errorf("back as it was: %v", err)
		}
	})
}

// ON DELETE must not reach rows that are somebody else's.
func TestRowsOfOthersStopAnErasure(t *testing.T) {
	for _, rule := range []string{"", "ON DELETE CASCADE", "ON DELETE SET NULL"} {
		t.Run(rule, func(t *testing.T) {
			everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
				w := open(t, `CREATE TABLE docs (id INTEGER PRIMARY KEY, owner TEXT);
CREATE TABLE notes (id INTEGER PRIMARY KEY, author TEXT, doc_id INTEGER REFERENCES docs (id) `+rule+`);
INSERT INTO docs VALUES (1, 'leaver');
INSERT INTO notes VALUES (1, 'leaver', 1);
INSERT INTO notes VALUES (2, 'other', 1);
INSERT INTO notes VALUES (3, NULL, 1);
`)
				entries := "tables:\n  - {table: docs, person: {column: owner, match: account}, action: delete}\n  - {table: notes, person: {column: author, match: account}, action: delete}\n"
				before := fmt.Sprint(w.rows(t, "docs", "notes"))
				for range 2 {
					if _, err := w.open(t, entries).Erase(t.Context(), task(leaver("leaver"))); !fault.Is(err, "holder_reference_blocks") {
						t.Errorf("got %v", err)
					}
				}
				if got := fmt.Sprint(w.rows(t, "docs", "notes")); got != before {
					t.Errorf("%s became %s", before, got)
				}
				h := w.open(t, entries+"  - {table: notes, name: margin, via: {column: doc_id, table: docs}, action: blank, blank: [doc_id]}\n")
				if _, err := h.Erase(t.Context(), task(leaver("leaver"))); err != nil {
					t.Fatal(err)
				}
				if got := fmt.Sprint(w.rows(t, "docs", "notes")); got != `map[notes#2:["other",null] notes#3:[null,null]]` {
					t.Errorf("left %s", got)
				}
			})
		})
	}
}

// A row of nobody's inside the person's own would go with it, uncounted.
func TestSelfReferenceThatCascades(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, `CREATE TABLE folders (id INTEGER PRIMARY KEY, owner TEXT, parent_id INTEGER REFERENCES folders (id) ON DELETE CASCADE);
INSERT INTO folders VALUES (1, 'leaver', NULL);
INSERT INTO folders VALUES (2, NULL, 1);
`)
		h := w.open(t, "tables:\n  - {table: folders, person: {column: owner, match: account}, action: delete}\n")
		if _, err := h.Erase(t.Context(), task(leaver("leaver"))); !fault.Is(err, "holder_reference_blocks") || len(w.rows(t, "folders")) != 2 {
			t.Errorf("got %v, left %v", err, w.rows(t, "folders"))
		}
	})
}

func TestSelfReferences(t *testing.T) {
	everywhere(t, func(t *testing.T, open func(*testing.T, string) *world) {
		w := open(t, `CREATE TABLE folders (id INTEGER PRIMARY KEY, owner TEXT, parent_id INTEGER REFERENCES folders (id));
INSERT INTO folders VALUES (1, 'other', NULL);
INSERT INTO folders VALUES (2, 'leaver', 1);
INSERT INTO folders VALUES (3, 'leaver', 2);
INSERT INTO folders VALUES (4, 'leaver', 3);
`)
		entry := "tables:\n  - {table: folders, person: {column: owner, match: account}, action: delete}\n"
		h := w.open(t, entry)
		w.exec(t, "INSERT INTO folders VALUES (5, 'other', 4)")
		if _, err := h.Erase(t.Context(), task(leaver("leaver"))); !fault.Is(err, "holder_reference_blocks") {
			t.Errorf("somebody's folder inside: %v", err)
		}
		w.exec(t, "UPDATE folders SET parent_id = 1 WHERE id = 5")
		if _, err := h.Erase(t.Context(), task(leaver("leaver"))); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(w.rows(t, "folders")); got != `map[folders#1:["other",null] folders#5:["other",1]]` {
			t.Errorf("left %s", got)
		}
	})
}
