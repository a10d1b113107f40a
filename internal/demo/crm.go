package demo

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"slices"

	_ "modernc.org/sqlite" // the company's CRM is an SQLite file
)

//go:embed crm.sql
var crmSchema string

// openCRM opens the company's database as the company would, not as Signoff.
func openCRM(path string) (*sql.DB, error) {
	return sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)")
}

// makeCRM makes the database and gives everybody who sells or supports rows in
// every table.
func makeCRM(ctx context.Context, path string, people []Person) (err error) {
	db, err := openCRM(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, crmSchema); err != nil {
		return fmt.Errorf("demo: CRM: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, username := range staff {
		if err := addToCRM(ctx, tx, seat(username), named(people, username)); err != nil {
			return fmt.Errorf("demo: CRM: %w", err)
		}
	}
	return tx.Commit()
}

// staff are the people who work in the CRM.
var staff = []string{SalesOne, SalesTwo, Owner, SupportOne, SupportTwo}

// seat is somebody's number in the CRM; 1 is the pool.
func seat(username string) int { return slices.Index(staff, username) + 2 }

// addToCRM gives one employee rows of every kind; n is the employee's number.
func addToCRM(ctx context.Context, tx *sql.Tx, n int, p Person) error {
	at := n * 10
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`INSERT INTO employees (id, account_id, name, email, mobile) VALUES ($1, $2, $3, $4, $5)`,
			[]any{n, p.Account, p.Name, p.email(), fmt.Sprintf("+8613900000%03d", n)}},
		{`INSERT INTO contacts (id, owner_id, name, mobile) VALUES ($1, $2, '家人 Family', '+8613911110001'), ($1 + 1, $2, '朋友 Friend', '+8613911110002')`,
			[]any{at, n}},
		{`INSERT INTO customers (id, name, owner_id) VALUES ($1, $2, $3)`, []any{at, fmt.Sprintf("客户 %d Customer %d", at, at), n}},
		{`INSERT INTO deals (id, customer_id, owner_id, title, stage) VALUES ($1, $1, $2, '续约 Renewal', 'open'), ($1 + 1, $1, $2, '扩容 Upgrade', 'won')`,
			[]any{at, n}},
		{`INSERT INTO notes (id, customer_id, author, text) VALUES ($1, $1, $2, '客户希望下月续约 Wants to renew next month')`, []any{at, p.email()}},
		{`INSERT INTO messages (id, sender_id, text) VALUES ($1, $2, '今天下午开会 Meeting this afternoon'), ($1 + 1, $2, '收到 Got it'), ($1 + 2, $2, '谢谢 Thanks')`,
			[]any{at, n}},
		{`INSERT INTO orders (id, customer_id, seller, seller_name) VALUES ($1, $1, $2, $3)`, []any{at, p.Account, p.Name}},
		{`INSERT INTO invoices (id, order_id, number, amount_fen, issuer, issuer_name) VALUES ($1, $1, $2, 880000, $3, $4)`,
			[]any{at, fmt.Sprintf("DEMO-%04d", at), p.Account, p.Name}},
	} {
		if _, err := tx.ExecContext(ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}
