// Package inbox tells accounts what concerns them. It chooses the channel (mail,
// or a text message to those who have no address), puts a copy where the account
// finds it when it is signed in, and keeps to what the account does not want to
// be told; what concerns its safety is told all the same.
package inbox

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
)

// Item is one notice in an account's inbox. Args are personal, and sealed.
type Item struct {
	ID        string
	Account   string
	Kind      string
	Args      map[string]string
	CreatedAt time.Time
	ReadAt    time.Time // zero while it is unread
}

// KeptFor is how long an inbox keeps a notice.
const KeptFor = 365 * 24 * time.Hour

// Recipient is whom a notice goes to, and how.
type Recipient struct {
	Locale string
	Mail   string // "" for none
	Mobile string
	Muted  []string // channels on which the kind in question is not wanted
	Paused bool     // only what is required is sent
	Ending bool     // there is no inbox any more
}

// Filter chooses from an inbox.
type Filter struct {
	Unread bool
	Before string // the id of the last item of the page before, or ""
	Limit  int
}

// Mute is one channel on which an account does not want one kind.
type Mute struct{ Kind, Channel string }

// Tx is what this room needs of a transaction.
type Tx interface {
	audit.Tx
	signal.Tx
	ItemTx
	PreferenceTx
}

// ItemTx keeps inboxes.
type ItemTx interface {
	InsertItem(ctx context.Context, i Item) error
	// Items gives an account's items, the newest first.
	Items(ctx context.Context, account string, f Filter) ([]Item, error)
	CountUnread(ctx context.Context, account string) (int, error)
	// ReadItem marks an item as read; one that is read already stays as it is.
	ReadItem(ctx context.Context, account, id string, at time.Time) (found bool, err error)
	ReadItems(ctx context.Context, account string, at time.Time) (int, error)
	DeleteItem(ctx context.Context, account, id string) (found bool, err error)
}

// PreferenceTx keeps what accounts do not want to be told.
type PreferenceTx interface {
	LockAccount(ctx context.Context, id string) error
	// Recipient says how an account is told of a kind, or answers
	// account_not_found.
	Recipient(ctx context.Context, account, kind string) (Recipient, error)
	Mutes(ctx context.Context, account string) ([]Mute, error)
	SetMute(ctx context.Context, account string, m Mute, muted bool) error
}

// Service is what an account does with its inbox.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string
}

// errNoItem answers for a notice that is not there, or not in this inbox.
func errNoItem() *fault.Error { return fault.New(fault.NotFound, "notice_not_found") }

// List gives an account's notices, the newest first.
func (s *Service) List(ctx context.Context, account string, f Filter) (all []Item, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Items(ctx, account, f)
		return err
	})
	return all, err
}

// Unread counts an account's unread notices.
func (s *Service) Unread(ctx context.Context, account string) (n int, err error) {
	err = s.View(ctx, func(tx Tx) error {
		n, err = tx.CountUnread(ctx, account)
		return err
	})
	return n, err
}

// Read marks a notice as read. It answers notice_not_found.
func (s *Service) Read(ctx context.Context, account, id string) error {
	return s.one(ctx, func(tx Tx) (bool, error) { return tx.ReadItem(ctx, account, id, s.Now()) })
}

// ReadAll marks all of them as read, and says how many were not.
func (s *Service) ReadAll(ctx context.Context, account string) (n int, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		n, err = tx.ReadItems(ctx, account, s.Now())
		return err
	})
	return n, err
}

// Delete takes a notice out of the inbox. It answers notice_not_found.
func (s *Service) Delete(ctx context.Context, account, id string) error {
	return s.one(ctx, func(tx Tx) (bool, error) { return tx.DeleteItem(ctx, account, id) })
}

func (s *Service) one(ctx context.Context, fn func(Tx) (bool, error)) error {
	return s.InTx(ctx, func(tx Tx) error {
		found, err := fn(tx)
		if err == nil && !found {
			err = errNoItem()
		}
		return err
	})
}
