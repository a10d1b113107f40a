package e2e_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the CRM on PostgreSQL
	_ "modernc.org/sqlite"             // the CRM in a file

	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/pgtest"
)

// crm is the company's own database, as the company sees it.
type crm struct {
	db     *sql.DB
	engine string
	dsn    string // as Signoff's configuration has it
	path   string // of the file, on SQLite
}

// The same text makes the tables on both engines.
var crmTables = []string{
	`CREATE TABLE staff (id BIGINT PRIMARY KEY, account_id TEXT UNIQUE, full_name TEXT NOT NULL)`,
	`CREATE TABLE contacts (id BIGINT PRIMARY KEY, owner_id BIGINT NOT NULL REFERENCES staff (id), name TEXT NOT NULL)`,
	`CREATE TABLE customers (id BIGINT PRIMARY KEY, owner_id BIGINT NOT NULL REFERENCES staff (id), name TEXT NOT NULL)`,
	`CREATE TABLE calls (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL REFERENCES customers (id), caller TEXT, seconds BIGINT NOT NULL)`,
	`CREATE TABLE notes (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL REFERENCES customers (id), author TEXT NOT NULL, text TEXT NOT NULL)`,
	`CREATE TABLE posts (id BIGINT PRIMARY KEY, handle TEXT NOT NULL, text TEXT NOT NULL)`,
	`CREATE TABLE tasks (id BIGINT PRIMARY KEY, assignee TEXT NOT NULL, title TEXT NOT NULL)`,
	`CREATE TABLE invoices (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL REFERENCES customers (id), issuer TEXT NOT NULL, issuer_name TEXT, fen BIGINT NOT NULL)`,
	`CREATE TABLE contracts (id BIGINT PRIMARY KEY, org_id TEXT NOT NULL, text TEXT NOT NULL)`,
	`CREATE TABLE clauses (id BIGINT PRIMARY KEY, contract_id BIGINT NOT NULL REFERENCES contracts (id), text TEXT NOT NULL)`,
	`CREATE TABLE suppliers (id BIGINT PRIMARY KEY, org_id TEXT NOT NULL, name TEXT NOT NULL)`,
	`INSERT INTO staff (id, full_name) VALUES (1, 'the pool')`,
}

// crmMapping shows every action, and every way in which a row leads to somebody.
const crmMapping = `
title: {zh-CN: 客户管理数据库, en: CRM database}
bases:
  tax: {zh-CN: 税收征收管理法实施细则第二十九条, en: "Tax records, article 29"}
tables:
  - {table: staff, person: {column: account_id, match: account}, action: delete}
  - {table: contacts, via: {column: owner_id, table: staff}, action: delete}
  - {table: customers, via: {column: owner_id, table: staff}, action: reassign, reassign: {column: owner_id, to: successor, else: 1}}
  - {table: calls, person: {column: caller, match: mobile}, action: blank, blank: [caller]}
  - {table: notes, person: {column: author, match: email}, action: pseudonymise, pseudonymise: [author]}
  - {table: posts, person: {column: handle, match: username}, action: delete}
  - {table: tasks, person: {column: assignee, match: account}, action: reassign, reassign: {column: assignee, to: successor, match: account, else: nobody}}
  - {table: invoices, person: {column: issuer, match: account}, action: keep, pseudonymise: [issuer], blank: [issuer_name], until: {years: 10}, basis: tax}
organisations:
  - {table: contracts, organisation: {column: org_id}, action: delete}
  - {table: clauses, via: {column: contract_id, table: contracts}, action: delete}
  - {table: suppliers, organisation: {column: org_id}, action: reassign, reassign: {column: org_id, to: successor, else: none}}
`

func newCRM(t *testing.T, engine string) *crm {
	t.Helper()
	c := &crm{engine: engine}
	if engine == "postgres" {
		c.dsn = pgtest.DSN(t)
	} else {
		c.path = filepath.Join(t.TempDir(), "crm.db")
		c.dsn = "sqlite:" + c.path
	}
	c.open(t)
	t.Cleanup(func() { _ = c.db.Close() })
	c.build(t)
	return c
}

func (c *crm) open(t testing.TB) {
	t.Helper()
	driver, dsn := "pgx", c.dsn
	if c.path != "" {
		driver, dsn = "sqlite", "file:"+c.path+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)"
	}
	var err error
	if c.db, err = sql.Open(driver, dsn); err != nil {
		t.Fatal(err)
	}
}

func (c *crm) build(t testing.TB) {
	t.Helper()
	for _, statement := range crmTables {
		c.exec(t, statement)
	}
}

func (c *crm) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := c.db.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// employ gives a person rows in every table; the ids of all begin with the
// person's number.
func (c *crm) employ(t testing.TB, p *person) {
	t.Helper()
	n, first, second := p.n+1, p.n*100, p.n*100+1
	c.exec(t, `INSERT INTO staff (id, account_id, full_name) VALUES ($1, $2, $3)`, n, p.id, p.name)
	c.exec(t, `INSERT INTO contacts (id, owner_id, name) VALUES ($1, $3, 'mother'), ($2, $3, 'father')`, first, second, n)
	c.exec(t, `INSERT INTO customers (id, owner_id, name) VALUES ($1, $3, 'Acme'), ($2, $3, 'Globex')`, first, second, n)
	c.exec(t, `INSERT INTO calls (id, customer_id, caller, seconds) VALUES ($1, $1, $2, 61)`, first, p.mobile)
	c.exec(t, `INSERT INTO notes (id, customer_id, author, text) VALUES ($1, $1, $2, 'wants to renew')`, first, p.email)
	c.exec(t, `INSERT INTO posts (id, handle, text) VALUES ($1, $2, 'lunch?')`, first, p.username)
	c.exec(t, `INSERT INTO tasks (id, assignee, title) VALUES ($1, $2, 'call Acme')`, first, p.id)
	c.exec(t, `INSERT INTO invoices (id, customer_id, issuer, issuer_name, fen) VALUES ($1, $1, $2, $3, 880000)`, first, p.id, p.name)
}

// rows gives the rows of a query, each as its columns joined by bars, NULL as a
// dash.
func (c *crm) rows(t testing.TB, query string) []string {
	t.Helper()
	found, err := c.db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for found.Next() {
		cells, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		words := make([]string, len(names))
		for i, cell := range cells {
			if words[i] = "-"; cell.Valid {
				words[i] = cell.String
			}
		}
		all = append(all, strings.Join(words, "|"))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// mentions counts the rows that hold a person's identifiers, name or account id
// anywhere.
func (c *crm) mentions(t testing.TB, p *person) (n int) {
	t.Helper()
	for _, table := range []string{"staff", "contacts", "customers", "calls", "notes", "posts", "tasks", "invoices"} {
		for _, row := range c.rows(t, "SELECT * FROM "+table) {
			for _, word := range []string{p.id, p.name, p.mobile, p.email, p.username} {
				if strings.Contains("|"+row+"|", "|"+word+"|") {
					n++
					break
				}
			}
		}
	}
	return n
}

// of gives the rows that a person's place in the company began with, table by
// table.
func (c *crm) of(t testing.TB, p *person) string {
	t.Helper()
	var all []string
	for _, table := range []string{"contacts", "customers", "calls", "notes", "posts", "tasks", "invoices"} {
		for _, row := range c.rows(t, fmt.Sprintf("SELECT * FROM %s WHERE id BETWEEN %d AND %d ORDER BY id", table, p.n*100, p.n*100+99)) {
			all = append(all, table+" "+row)
		}
	}
	for _, row := range c.rows(t, fmt.Sprintf("SELECT * FROM staff WHERE id = %d", p.n+1)) {
		all = append(all, "staff "+row)
	}
	return strings.Join(all, "\n")
}

// holdersByFile writes the mapping and the settings that name the company's data
// holders, as an operator would, and reads them.
func holdersByFile(t testing.TB, dsn, docs string) []config.Holder {
	t.Helper()
	dir := t.TempDir()
	mapping := write(t, filepath.Join(dir, "crm.yaml"), crmMapping)
	c, err := config.Load(config.Sources{File: write(t, filepath.Join(dir, "signoff.yaml"), `
holders:
  - {name: crm, kind: sqldb, mapping: `+quoted(mapping)+`, dsn: `+quoted(dsn)+`}
  - {name: documents, kind: blob, bucket: `+quoted("file://"+filepath.ToSlash(docs))+`, prefix: "people/{account}/", organisation_prefix: "orgs/{organisation}/"}
`)})
	if err != nil {
		t.Fatal(err)
	}
	return c.Holders
}

func write(t testing.TB, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// quoted writes a text as YAML; JSON's strings are YAML's too.
func quoted(s string) string {
	text, _ := json.Marshal(s)
	return string(text)
}
