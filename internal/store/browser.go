package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/browser"
)

// SetToken gives a session another token.
func (t *Tx) SetToken(ctx context.Context, session string, hash []byte) error {
	_, err := t.exec(ctx, `UPDATE sessions SET token_hash = $2 WHERE id = $1`, session, hash)
	return err
}

// InsertBrowser writes a new browser.
func (t *Tx) InsertBrowser(ctx context.Context, b browser.Browser, keyHash []byte, now time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO browsers (id, key_hash, app, current_seat, used_at) VALUES ($1, $2, $3, '', $4)`, b.ID, keyHash, b.App, micro(now))
	return err
}

func scanBrowser(row *sql.Row) (b browser.Browser, err error) {
	err = row.Scan(&b.ID, &b.App, &b.Current)
	if errors.Is(err, sql.ErrNoRows) {
		err = browser.ErrKey()
	}
	return b, err
}

// BrowserByKey finds a browser.
func (t *Tx) BrowserByKey(ctx context.Context, keyHash []byte) (browser.Browser, error) {
	return scanBrowser(t.tx.QueryRowContext(ctx, `SELECT id, app, current_seat FROM browsers WHERE key_hash = $1`, keyHash))
}

// LockBrowser holds a browser's row until the commit.
func (t *Tx) LockBrowser(ctx context.Context, keyHash []byte, now time.Time) (browser.Browser, error) {
	return scanBrowser(t.tx.QueryRowContext(ctx, `UPDATE browsers SET used_at = $2 WHERE key_hash = $1 RETURNING id, app, current_seat`, keyHash, micro(now)))
}

// SetKey gives a browser another key.
func (t *Tx) SetKey(ctx context.Context, id string, keyHash []byte) error {
	_, err := t.exec(ctx, `UPDATE browsers SET key_hash = $2 WHERE id = $1`, id, keyHash)
	return err
}

// SetCurrent says whose token a browser uses.
func (t *Tx) SetCurrent(ctx context.Context, id, seat string) error {
	_, err := t.exec(ctx, `UPDATE browsers SET current_seat = $2 WHERE id = $1`, id, seat)
	return err
}

// PutSeat adds an account to a browser, or gives its seat another session.
func (t *Tx) PutSeat(ctx context.Context, id string, s browser.Seat) error {
	_, err := t.exec(ctx, `INSERT INTO browser_accounts (id, browser_id, account_id, session_id, added_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (browser_id, account_id) DO UPDATE SET session_id = excluded.session_id`, s.ID, id, s.Account, s.Session, micro(s.AddedAt))
	return err
}

// DeleteSeat takes an account off a browser.
func (t *Tx) DeleteSeat(ctx context.Context, seat string) error {
	_, err := t.exec(ctx, `DELETE FROM browser_accounts WHERE id = $1`, seat)
	return err
}

// LeaveBrowsers takes an account off every browser.
func (t *Tx) LeaveBrowsers(ctx context.Context, account string) error {
	_, err := t.exec(ctx, `DELETE FROM browser_accounts WHERE account_id = $1`, account)
	return err
}

// Seats reads the accounts of a browser.
func (t *Tx) Seats(ctx context.Context, id string) ([]browser.Seat, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (s browser.Seat, err error) {
		var added int64
		err = scan(&s.ID, &s.Account, &s.Session, &added)
		s.AddedAt = instant(added)
		return s, err
	}, `SELECT id, account_id, session_id, added_at FROM browser_accounts WHERE browser_id = $1 ORDER BY added_at, id`, id)
}

// ForgetBrowsers deletes the browsers that were not used since.
func (db *DB) ForgetBrowsers(ctx context.Context, before time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		if _, err := t.exec(ctx, `DELETE FROM browser_accounts WHERE browser_id IN (SELECT id FROM browsers WHERE used_at <= $1)`, micro(before)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM browsers WHERE used_at <= $1`, micro(before))
		return err
	})
}
