package sqldb_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/holder/holdertest"
	"github.com/signoff-id/signoff/internal/holder/sqldb"
)

var tableName = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)

// example gives the schema and the mapping of docs/holders.md.
func example(t *testing.T) (schema, mapping string, tables []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "holders.md"))
	if err != nil {
		t.Fatal(err)
	}
	block := func(begin string) string {
		_, rest, found := strings.Cut(string(text), begin)
		body, _, closed := strings.Cut(rest, "\n```")
		if !found || !closed {
			t.Fatalf("docs/holders.md has no block that begins with %q", begin)
		}
		return body + "\n"
	}
	schema = "CREATE TABLE people" + block("```sql\nCREATE TABLE people")
	for _, m := range tableName.FindAllStringSubmatch(schema, -1) {
		tables = append(tables, m[1])
	}
	return schema, "title:" + block("```yaml\ntitle:"), tables
}

// crm is the example's database, with people in it.
type crm struct {
	*world
	tables []string
	next   int
}

// plant gives a person something under every entry of the example's mapping.
func (c *crm) plant(t *testing.T, s holder.Subject) {
	t.Helper()
	c.next += 10
	n := c.next
	mail, mobile := strings.ToUpper(s.Key(holder.ByEmail)[1]), s.Key(holder.ByMobile)[0]
	// Somebody whom nobody closes the account of, to talk to.
	c.exec(t, `INSERT INTO people (id, account_id, name, email) VALUES ($1, $2, 'Wang', NULL)`, n+9, fmt.Sprint("bystander-", n))
	c.exec(t, `INSERT INTO people (id, account_id, name, email) VALUES ($1, $2, 'Li Na', $3)`, n, s.Account, mail)
	c.exec(t, `INSERT INTO addresses (id, person_id, street) VALUES ($1, $2, 'Nanjing Lu')`, n, n)
	c.exec(t, `INSERT INTO customers (id, name, owner_account) VALUES ($1, 'Acme', $2)`, n, s.Account)
	c.exec(t, `INSERT INTO deals (id, title, person_id) VALUES ($1, 'Big', $2)`, n, n)
	c.exec(t, `INSERT INTO comments (id, author_id, parent_id, body) VALUES ($1, $2, NULL, 'first')`, n, n)
	c.exec(t, `INSERT INTO comments (id, author_id, parent_id, body) VALUES ($1, $2, $3, 'and again')`, n+1, n, n)
	c.exec(t, `INSERT INTO comments (id, author_id, parent_id, body) VALUES ($1, $2, $3, 'a reply')`, n+2, n+9, n)
	c.exec(t, `INSERT INTO messages (id, sender, recipient, body) VALUES ($1, $2, 'boss@example.net', 'hi')`, n, s.Key(holder.ByEmail)[0])
	c.exec(t, `INSERT INTO messages (id, sender, recipient, body) VALUES ($1, 'boss@example.net', $2, 'hi')`, n+1, mail)
	c.exec(t, `INSERT INTO visits (id, mobile, page) VALUES ($1, $2, '/')`, n, mobile)
	c.exec(t, `INSERT INTO invoices (id, buyer_account, buyer_email, amount) VALUES ($1, $2, $3, 100)`, n, s.Account, mail)
	c.exec(t, `INSERT INTO invoice_lines (id, invoice_id, text, delivered_to) VALUES ($1, $2, 'Tea', $3)`, n, n, mail)
}

func openCRM(t *testing.T, engine string) (*crm, string) {
	t.Helper()
	schema, mapping, tables := example(t)
	return &crm{world: newWorld(t, engine, schema), tables: tables}, mapping
}

func (c *crm) fixture(h *sqldb.Holder) *holdertest.Fixture {
	return &holdertest.Fixture{
		Holder:    h,
		Plant:     c.plant,
		Snapshot:  func(t *testing.T) map[string]string { return c.rows(t, c.tables...) },
		Interrupt: func(t *testing.T, _ *holder.Task) func() { return c.forbid(t) },
	}
}

// forbid makes the database stop erasures at a late table, with an error that
// quotes the row.
func (c *crm) forbid(t *testing.T) (mend func()) {
	if c.engine == "sqlite" {
		c.exec(t, `CREATE TRIGGER forbid BEFORE DELETE ON people BEGIN SELECT RAISE(ABORT, 'not '||OLD.account_id||' '||OLD.email); END`)
		return func() { c.exec(t, `DROP TRIGGER forbid`) }
	}
	if _, err := c.db.ExecContext(t.Context(), `CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN RAISE EXCEPTION 'not % %', OLD.account_id, OLD.email; END $$`); err != nil {
		t.Fatal(err)
	}
	c.exec(t, `CREATE TRIGGER forbid BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION forbid()`)
	return func() { c.exec(t, `DROP TRIGGER forbid ON people`) }
}

func TestStandsWhatHoldersStandOnSQLite(t *testing.T) {
	holdertest.Run(t, func(t *testing.T) *holdertest.Fixture {
		c, mapping := openCRM(t, "sqlite")
		h := c.open(t, mapping)
		f := c.fixture(h)
		f.Lose = func(*testing.T) { h.LoseNextAnswer() }
		f.Hang = func(t *testing.T) func() { // another program has the file
			conn, err := c.db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			run := func(sql string) {
				if _, err := conn.ExecContext(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			run(`BEGIN EXCLUSIVE`)
			return func() {
				run(`ROLLBACK`)
				conn.Close()
			}
		}
		return f
	})
}

func TestStandsWhatHoldersStandOnPostgres(t *testing.T) {
	holdertest.Run(t, func(t *testing.T) *holdertest.Fixture {
		c, mapping := openCRM(t, "postgres")
		p := newProxy(t, c.dsn)
		direct := c.dsn
		c.dsn = p.dsn
		h := c.open(t, mapping)
		c.dsn = direct
		f := c.fixture(h)
		f.Lose = func(*testing.T) { p.cutAfterCommit() }
		f.Hang = func(*testing.T) func() {
			p.stall()
			return p.resume
		}
		return f
	})
}

// What the documentation says of the example is so.
func TestExampleErasesAsDocumented(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			c, mapping := openCRM(t, engine)
			h := c.open(t, mapping)
			leaver, colleague, _ := holdertest.People()
			c.plant(t, colleague) // 10
			c.plant(t, leaver)    // 20
			r, err := h.Erase(t.Context(), task(leaver))
			if err != nil {
				t.Fatal(err)
			}
			rows := c.rows(t, c.tables...)
			for key, want := range map[string]string{
				"people#20": "", "addresses#20": "", "comments#20": "", "comments#21": "", "visits#20": "",
				"comments#22":      `[29,null,"a reply"]`,
				"customers#20":     `["Acme","` + colleague.Account + `"]`,
				"deals#20":         `["Big",10]`,
				"messages#20":      `["pseudonym-1","boss@example.net",null]`,
				"messages#21":      `["boss@example.net","pseudonym-1","hi"]`,
				"invoices#20":      `["pseudonym-1",null,100]`,
				"invoice_lines#20": `[20,"Tea",null]`,
			} {
				if got := rows[key]; got != want {
					t.Errorf("%s is %s, want %s", key, got, want)
				}
			}
			invoices := r.Items[9]
			if invoices.Name != "invoices" || invoices.Until != "2036-03-31" || invoices.Basis != "cn-accounting-23" || invoices.BasisText["zh-CN"] == "" {
				t.Errorf("receipt %+v", invoices)
			}
			// Nobody to hand over to: the customers fall to the pool, but nobody
			// can have the deals.
			c.plant(t, leaver) // 30
			task := task(leaver)
			task.Subject.Successor = nil
			before := c.rows(t, c.tables...)
			if _, err = h.Erase(t.Context(), task); err == nil || !strings.Contains(err.Error(), "holder_successor_unknown") {
				t.Errorf("without a successor: %v", err)
			}
			if after := c.rows(t, c.tables...); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Error("a refused erasure changed rows")
			}
			c.exec(t, `DELETE FROM deals WHERE id = 30`)
			if _, err = h.Erase(t.Context(), task); err != nil {
				t.Error(err)
			}
			if got := c.rows(t, "customers")["customers#30"]; got != `["Acme","sales-pool"]` {
				t.Errorf("the customer went to %s", got)
			}
		})
	}
}

// The bytes themselves are gone from SQLite's files.
func TestSQLiteFilesHoldNothing(t *testing.T) {
	for _, journal := range []string{"wal", "delete"} {
		t.Run(journal, func(t *testing.T) {
			c, mapping := openCRM(t, "sqlite")
			c.exec(t, `PRAGMA journal_mode = `+journal)
			h := c.open(t, mapping)
			leaver, colleague, _ := holdertest.People()
			c.plant(t, colleague)
			c.plant(t, leaver)
			if _, err := h.Erase(t.Context(), task(leaver)); err != nil {
				t.Fatal(err)
			}
			files, err := filepath.Glob(strings.TrimPrefix(c.dsn, "sqlite:") + "*")
			if err != nil || len(files) == 0 {
				t.Fatal(files, err)
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range []string{leaver.Account, leaver.Key(holder.ByEmail)[0], leaver.Key(holder.ByMobile)[0]} {
					if bytes.Contains(text, []byte(v)) {
						t.Errorf("%s still holds %s", filepath.Base(file), v)
					}
				}
			}
		})
	}
}
