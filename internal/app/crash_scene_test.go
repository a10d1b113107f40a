package app_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/pgtest"
)

// crm is a company's own database and folder: the data holders of the crash
// tests, seen with the test's own eyes.
type crm struct {
	t    *testing.T
	dir  string
	dsn  string
	db   *sql.DB
	next int
}

const crmSchema = `
CREATE TABLE people (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL UNIQUE, name TEXT);
CREATE TABLE calls (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), words TEXT);
CREATE TABLE invoices (id INTEGER PRIMARY KEY, buyer TEXT NOT NULL, address TEXT, amount INTEGER NOT NULL);`

const crmMapping = `title: {zh-CN: 客户系统, en: CRM}
bases:
  accounting: {zh-CN: 《会计法》第二十三条, en: "Accounting Law, article 23"}
tables:
  - table: people
    person: {column: account_id, match: account}
    action: delete
  - table: calls
    via: {column: person_id, table: people}
    action: delete
  - table: invoices
    person: {column: buyer, match: account}
    action: keep
    until: {years: 10}
    basis: accounting
    pseudonymise: [buyer]
    blank: [address]
`

// newCRM makes them, on the engine of the installation that they stand beside.
func newCRM(t *testing.T, engine, dir string) *crm {
	t.Helper()
	c := &crm{t: t, dir: dir, dsn: "sqlite:" + filepath.Join(dir, "crm.db")}
	driver, source := "sqlite", filepath.Join(dir, "crm.db")
	if engine == "postgres" {
		c.dsn = pgtest.DSN(t)
		driver, source = "pgx", c.dsn
	}
	var err error
	c.db, err = sql.Open(driver, source)
	c.must(err)
	t.Cleanup(func() { c.must(c.db.Close()) })
	c.db.SetMaxOpenConns(1)
	c.must(os.WriteFile(filepath.Join(dir, "crm.yaml"), []byte(crmMapping), 0o600))
	c.must(os.MkdirAll(filepath.Join(dir, "documents"), 0o700))
	for statement := range strings.SplitSeq(strings.TrimSpace(crmSchema), ";") {
		if strings.TrimSpace(statement) != "" {
			c.exec(statement)
		}
	}
	return c
}

func (c *crm) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *crm) exec(statement string, args ...any) {
	c.t.Helper()
	_, err := c.db.Exec(statement, args...)
	c.must(err)
}

// plant gives a person rows and files.
func (c *crm) plant(account string) {
	c.t.Helper()
	c.next += 10
	c.exec(`INSERT INTO people (id, account_id, name) VALUES ($1, $2, 'Li Lei')`, c.next, account)
	for i := range 5 {
		c.exec(`INSERT INTO calls (id, person_id, words) VALUES ($1, $2, 'hello')`, c.next+i, c.next)
	}
	for i := range 2 {
		c.exec(`INSERT INTO invoices (id, buyer, address, amount) VALUES ($1, $2, 'Nanjing Lu', 100)`, c.next+i, account)
	}
	folder := filepath.Join(c.dir, "documents", "people", account)
	c.must(os.MkdirAll(filepath.Join(folder, "letters"), 0o700))
	for i := range 4 {
		c.must(os.WriteFile(filepath.Join(folder, "letters", fmt.Sprint(i)), []byte("dear"), 0o600))
	}
}

// empty fails when something still leads to a person, or when what had to stay
// has not.
func (c *crm) empty(account string) {
	c.t.Helper()
	var people, calls, bought, kept int
	c.must(c.db.QueryRow(`SELECT (SELECT count(*) FROM people WHERE account_id = $1), (SELECT count(*) FROM calls),
		(SELECT count(*) FROM invoices WHERE buyer = $1 OR address IS NOT NULL),
		(SELECT count(*) FROM invoices WHERE amount = 100)`, account).Scan(&people, &calls, &bought, &kept))
	if people+calls+bought > 0 || kept == 0 || kept%2 != 0 {
		c.t.Errorf("%s: %d people, %d calls, %d invoices with a name; %d invoices kept", account, people, calls, bought, kept)
	}
	if _, err := os.Lstat(filepath.Join(c.dir, "documents", "people", account)); !os.IsNotExist(err) {
		c.t.Errorf("%s: the folder is still there (%v)", account, err)
	}
}
