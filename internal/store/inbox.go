package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
)

// InsertItem puts a notice into an account's inbox.
func (t *Tx) InsertItem(ctx context.Context, i inbox.Item) error {
	args, err := t.sealMap(i.Account, "inbox.args", i.Args)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO inbox (id, account_id, kind, args, created_at) VALUES ($1, $2, $3, $4, $5)`,
		i.ID, i.Account, i.Kind, args, micro(i.CreatedAt))
	return err
}

// Items reads an account's inbox.
func (t *Tx) Items(ctx context.Context, account string, f inbox.Filter) ([]inbox.Item, error) {
	query, args := `SELECT id, kind, args, created_at, read_at FROM inbox WHERE account_id = $1`, []any{account, f.Limit}
	if f.Unread {
		query += ` AND read_at IS NULL`
	}
	if f.Before != "" {
		query += ` AND id < $3`
		args = append(args, f.Before)
	}
	return list(ctx, t.tx, func(scan func(...any) error) (i inbox.Item, err error) {
		var sealed []byte
		var created int64
		var read sql.NullInt64
		if err := scan(&i.ID, &i.Kind, &sealed, &created, &read); err != nil {
			return i, err
		}
		i.Account, i.CreatedAt, i.ReadAt = account, instant(created), perhaps(read)
		i.Args, err = t.openMap(account, "inbox.args", sealed)
		return i, err
	}, query+` ORDER BY id DESC LIMIT $2`, args...)
}

// CountUnread counts what an account has not read.
func (t *Tx) CountUnread(ctx context.Context, account string) (n int, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT count(*) FROM inbox WHERE account_id = $1 AND read_at IS NULL`, account).Scan(&n)
	return n, err
}

// ReadItem marks one item as read.
func (t *Tx) ReadItem(ctx context.Context, account, id string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE inbox SET read_at = COALESCE(read_at, $3) WHERE account_id = $1 AND id = $2`, account, id, micro(at))
	return n > 0, err
}

// ReadItems marks all items of an account as read.
func (t *Tx) ReadItems(ctx context.Context, account string, at time.Time) (int, error) {
	n, err := t.exec(ctx, `UPDATE inbox SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL`, account, micro(at))
	return int(n), err
}

// DeleteItem takes one item out of an inbox.
func (t *Tx) DeleteItem(ctx context.Context, account, id string) (bool, error) {
	n, err := t.exec(ctx, `DELETE FROM inbox WHERE account_id = $1 AND id = $2`, account, id)
	return n > 0, err
}

// Recipient says how an account is told of a kind of notice.
func (t *Tx) Recipient(ctx context.Context, account, kind string) (inbox.Recipient, error) {
	a, err := t.Account(ctx, account)
	if err != nil {
		return inbox.Recipient{}, err
	}
	muted, err := list(ctx, t.tx, text, `SELECT channel FROM notice_mutes WHERE account_id = $1 AND kind = $2`, account, kind)
	return inbox.Recipient{Locale: a.Locale, Mail: a.Address(), Mobile: a.Mobile(), Muted: muted,
		Paused: a.Muted(), Ending: a.State == identity.Erasing || a.State == identity.Closed}, err
}

// Mutes gives what an account does not want to be told.
func (t *Tx) Mutes(ctx context.Context, account string) ([]inbox.Mute, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (m inbox.Mute, err error) {
		err = scan(&m.Kind, &m.Channel)
		return m, err
	}, `SELECT kind, channel FROM notice_mutes WHERE account_id = $1 ORDER BY kind, channel`, account)
}

// SetMute mutes a kind on a channel, or does so no more.
func (t *Tx) SetMute(ctx context.Context, account string, m inbox.Mute, muted bool) error {
	query := `DELETE FROM notice_mutes WHERE account_id = $1 AND kind = $2 AND channel = $3`
	if muted {
		query = `INSERT INTO notice_mutes (account_id, kind, channel) VALUES ($1, $2, $3) ON CONFLICT (account_id, kind, channel) DO NOTHING`
	}
	_, err := t.exec(ctx, query, account, m.Kind, m.Channel)
	return err
}

// ForgetItems deletes what inboxes have kept since before the given instant.
func (db *DB) ForgetItems(ctx context.Context, before time.Time) error {
	return db.Update(ctx, func(t *Tx) error {
		_, err := t.exec(ctx, `DELETE FROM inbox WHERE created_at <= $1`, micro(before))
		return err
	})
}
