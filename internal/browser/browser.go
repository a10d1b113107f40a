// Package browser lets several accounts share one browser of one app: to see
// which are there, to switch between those that are signed in, to take one off.
//
// A browser is known by a key of 256 random bits. The key says which accounts
// are here and nothing more: whoever switches also shows the token of the
// session that is current in this browser, and whoever adds an account while
// others are signed in shows a session of theirs. So a stolen key opens no
// account, not even to a thief who brings an account of his own.
package browser

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// KeyPrefix marks a browser's key, so that secret scanners find a leaked one.
const KeyPrefix = "sob_"

// Most is how many accounts one browser holds.
const Most = 10

// KeptFor is how long a browser is kept after it was last used.
const KeptFor = 180 * 24 * time.Hour

// Browser is one browser as one app knows it.
type Browser struct {
	ID      string
	App     string // of the session that began it; sessions of other apps stay out
	Current string // the seat whose token the browser uses; "" for none
}

// Seat is an account in a browser. Its id tells nothing of the account.
type Seat struct {
	ID      string
	Account string
	Session string // its newest in this browser, ended or not
	AddedAt time.Time
}

// Tx is what this room needs of a transaction.
type Tx interface {
	session.Tx
	BrowserTx
}

// BrowserTx keeps browsers.
type BrowserTx interface {
	InsertBrowser(ctx context.Context, b Browser, keyHash []byte, now time.Time) error
	// BrowserByKey answers browser_key_not_valid for an unknown key.
	BrowserByKey(ctx context.Context, keyHash []byte) (Browser, error)
	// LockBrowser is BrowserByKey that makes every other change of the browser wait
	// for this commit. The locks of accounts come first.
	LockBrowser(ctx context.Context, keyHash []byte, now time.Time) (Browser, error)
	// SetKey gives a browser a new key; the old one is dead.
	SetKey(ctx context.Context, browser string, keyHash []byte) error
	SetCurrent(ctx context.Context, browser, seat string) error
	// PutSeat adds a seat, or gives the account's seat another session.
	PutSeat(ctx context.Context, browser string, s Seat) error
	DeleteSeat(ctx context.Context, seat string) error
	// Seats gives the accounts of a browser in the order in which they came.
	Seats(ctx context.Context, browser string) ([]Seat, error)
}

// Service is what people do with browsers.
type Service struct {
	InTx     func(context.Context, func(Tx) error) error
	View     func(context.Context, func(Tx) error) error
	Now      func() time.Time
	NewID    func() string
	Rand     io.Reader
	Sessions *session.Service
}

// ErrKey answers every key that is none: unknown, replaced, of another app's
// browser, or of one that the caller's session is not in.
func ErrKey() *fault.Error { return fault.New(fault.Unauthenticated, "browser_key_not_valid") }

// errNotProved answers who has the key and does not show a session of this browser
// beside it.
func errNotProved() *fault.Error { return fault.New(fault.Unauthenticated, "browser_not_proved") }

func errNoSeat() *fault.Error { return fault.New(fault.NotFound, "browser_account_not_found") }

func errChanged() *fault.Error { return fault.New(fault.Conflict, "browser_changed") }

func (s *Service) newKey() (key string, hash []byte, err error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(s.Rand, b); err != nil {
		return "", nil, fmt.Errorf("browser: key: %w", err)
	}
	key = KeyPrefix + base64.RawURLEncoding.EncodeToString(b)
	hash, _ = hashOf(key)
	return key, hash, nil
}

// hashOf gives what is stored of a key. It has 256 random bits: a slow hash would
// add nothing.
func hashOf(key string) ([]byte, error) {
	if !strings.HasPrefix(key, KeyPrefix) {
		return nil, ErrKey()
	}
	h := sha256.Sum256([]byte(key))
	return h[:], nil
}

// room is a browser under its lock, with who is there.
type room struct {
	Browser
	seats []Seat
	live  map[string]bool // seats whose session is valid
}

func enter(ctx context.Context, tx Tx, b Browser, now time.Time) (r room, err error) {
	r = room{Browser: b, live: map[string]bool{}}
	if r.seats, err = tx.Seats(ctx, b.ID); err != nil {
		return r, err
	}
	for _, x := range r.seats {
		lives, err := tx.SessionLives(ctx, x.Session, now)
		if err != nil {
			return r, err
		}
		if lives {
			r.live[x.ID] = true
		}
	}
	return r, nil
}

// seatOf gives the seat of a session that is valid and in this browser, or the
// zero one.
func (r room) seatOf(session string) Seat {
	for _, x := range r.seats {
		if session != "" && x.Session == session && r.live[x.ID] {
			return x
		}
	}
	return Seat{}
}

func (r room) seat(id string) (Seat, error) {
	for _, x := range r.seats {
		if x.ID == id {
			return x, nil
		}
	}
	return Seat{}, errNoSeat()
}

// open finds a browser and locks first the accounts in it that whom names, in
// their order, then the browser itself, and looks again: who came or went in
// between makes it answer browser_changed.
func (s *Service) open(ctx context.Context, tx Tx, key string, whom func(Seat) bool, beside ...string) (r room, err error) {
	hash, err := hashOf(key)
	if err != nil {
		return r, err
	}
	b, err := tx.BrowserByKey(ctx, hash)
	if err != nil {
		return r, err
	}
	seats, err := tx.Seats(ctx, b.ID)
	if err != nil {
		return r, err
	}
	if err := lockAll(ctx, tx, accounts(seats, whom), beside); err != nil {
		return r, err
	}
	now := s.Now()
	if b, err = tx.LockBrowser(ctx, hash, now); err != nil {
		return r, err
	}
	if r, err = enter(ctx, tx, b, now); err != nil {
		return r, err
	}
	for _, account := range accounts(r.seats, whom) {
		if !slices.Contains(accounts(seats, whom), account) {
			return r, errChanged()
		}
	}
	return r, nil
}
