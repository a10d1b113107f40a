package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/holder/blob"
	"github.com/signoff-id/signoff/internal/holder/sqldb"
)

// crm is what other programs have about people: a database of the same engine,
// and a folder of documents.
type crm struct {
	*pools
	dsn, dir string
}

var crmTables = []string{
	`CREATE TABLE people (account_id VARCHAR(36) PRIMARY KEY, name TEXT NOT NULL)`,
	`CREATE TABLE contacts (id VARCHAR(50) PRIMARY KEY, owner VARCHAR(36) NOT NULL REFERENCES people (account_id), name TEXT NOT NULL)`,
	`CREATE INDEX contacts_owner ON contacts (owner)`,
	`CREATE TABLE messages (id VARCHAR(50) PRIMARY KEY, sender VARCHAR(36) NOT NULL REFERENCES people (account_id), body TEXT NOT NULL)`,
	`CREATE INDEX messages_sender ON messages (sender)`,
}

const (
	crmContacts = 10
	crmMessages = 20
	crmRows     = 1 + crmContacts + crmMessages
	crmFiles    = 3
)

var crmDeletes = []string{`DELETE FROM messages WHERE sender = $1`, `DELETE FROM contacts WHERE owner = $1`, `DELETE FROM people WHERE account_id = $1`}

const crmMapping = `
title: {en: CRM, zh-CN: CRM}
tables:
  - table: people
    person: {column: account_id, match: account}
    action: delete
  - table: contacts
    via: {column: owner, table: people}
    action: delete
  - table: messages
    via: {column: sender, table: people}
    action: delete
`

func openCRM(ctx context.Context, e *engine, dir string) (*crm, error) {
	c := &crm{dir: filepath.Join(dir, e.name+"-crm")}
	if err := os.MkdirAll(filepath.Join(c.dir, "documents"), 0o750); err != nil {
		return nil, err
	}
	if err := os.WriteFile(c.mapping(), []byte(crmMapping), 0o600); err != nil {
		return nil, err
	}
	var err error
	if c.dsn, err = e.fresh(ctx, "crm"); err != nil {
		return nil, err
	}
	if c.pools, err = e.open(c.dsn); err != nil {
		return nil, err
	}
	for _, table := range crmTables {
		if _, err := c.write.ExecContext(ctx, table); err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	return c, nil
}

func (c *crm) mapping() string { return filepath.Join(c.dir, "crm.yaml") }

func (c *crm) folder(account string) string {
	return filepath.Join(c.dir, "documents", "people", account)
}

// holders are the settings by which Signoff knows all this.
func (c *crm) holders() []config.Holder {
	return []config.Holder{
		{Name: "crm", Kind: sqldb.Kind, Mapping: c.mapping(), DSN: config.Secret(c.dsn)},
		{Name: "documents", Kind: blob.Kind, Bucket: "file://" + filepath.Join(c.dir, "documents"), Prefix: "people/{account}/"},
	}
}

// arrive gives people rows and files.
func (c *crm) arrive(ctx context.Context, all []person) error {
	tx, err := c.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, p := range all {
		if err := addRows(ctx, tx, p); err != nil {
			return err
		}
		if err := os.MkdirAll(c.folder(p.id), 0o750); err != nil {
			return err
		}
		for i := range crmFiles {
			if err := os.WriteFile(filepath.Join(c.folder(p.id), fmt.Sprintf("%d.txt", i)), make([]byte, 2000), 0o600); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

func addRows(ctx context.Context, tx *sql.Tx, p person) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO people (account_id, name) VALUES ($1, $2)`, p.id, p.name); err != nil {
		return err
	}
	for i := range crmContacts {
		if _, err := tx.ExecContext(ctx, `INSERT INTO contacts (id, owner, name) VALUES ($1, $2, $3)`,
			fmt.Sprint(p.id, "/", i), p.id, "a contact's name"); err != nil {
			return err
		}
	}
	for i := range crmMessages {
		if _, err := tx.ExecContext(ctx, `INSERT INTO messages (id, sender, body) VALUES ($1, $2, $3)`,
			fmt.Sprint(p.id, "/", i), p.id, strings.Repeat("a line of what was said. ", 8)); err != nil {
			return err
		}
	}
	return nil
}

// gone fails when something of these people is left.
func (c *crm) gone(ctx context.Context, all []person) error {
	for _, p := range all {
		var n int
		err := c.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM people WHERE account_id = $1)
			+ (SELECT count(*) FROM contacts WHERE owner = $1) + (SELECT count(*) FROM messages WHERE sender = $1)`, p.id).Scan(&n)
		if err != nil {
			return err
		}
		if _, err := os.Stat(c.folder(p.id)); n > 0 || !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%d rows of a person are left, folder: %w", n, err)
		}
	}
	return nil
}

// inTx runs statements with one argument in one transaction.
func inTx(ctx context.Context, db *sql.DB, arg string, statements ...string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, s := range statements {
		if _, err := tx.ExecContext(ctx, s, arg); err != nil {
			return err
		}
	}
	return tx.Commit()
}
