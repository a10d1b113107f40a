// Package work holds what a sign-out would lose. It is unsaved or running work
// on a session, which a sign-out asks about first, and the state that a person
// comes back to after signing in again.
package work

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/fault"
)

// The kinds of work.
const (
	Unsaved = "unsaved" // a draft, a filled-in form
	Running = "running" // an upload, an export
)

// Item is what an app announces. What and Link are personal.
type Item struct {
	Kind  string
	What  string // in a few words, for the person: "Draft: Order 1042"
	Link  string // where the person can finish it; or ""
	Since time.Time
}

// Lease is announced work. It counts until it is released or expires, and not
// longer than its session.
type Lease struct {
	ID        string
	Session   string
	Account   string
	App       string // of the session
	Item      Item
	ExpiresAt time.Time
	// EndsAt is when the session ends by an order that leaves the app until then
	// to save; zero while there is none.
	EndsAt time.Time
}

// leastTTL is the shortest time for which work is announced.
const leastTTL = 10 * time.Second

// Limits bound what apps announce.
type Limits struct {
	PerSession int
	MostTTL    time.Duration
}

const (
	maxWhat = 200
	maxLink = 1000
)

// Check refuses what is no announcement, and puts what is into its form. Work
// that began in the future began now.
func (i Item) Check(now time.Time) (Item, error) {
	bad := fault.Wrong()
	if i.Kind != Unsaved && i.Kind != Running {
		bad = bad.At("kind", "work_kind_unknown")
	}
	if i.What = strings.TrimSpace(i.What); i.What == "" {
		bad = bad.At("what", "required")
	}
	if utf8.RuneCountInString(i.What) > maxWhat {
		bad = bad.At("what", "text_too_long", "max", maxWhat)
	}
	if !isLink(i.Link) {
		bad = bad.At("link", "work_link_wrong")
	}
	if i.Since.IsZero() || i.Since.After(now) {
		i.Since = now
	}
	if len(bad.Fields) > 0 {
		return i, bad
	}
	return i, nil
}

// isLink lets through what can be shown as a link: https to a host, or a path on
// the app's own site. "//host" would lead elsewhere, and browsers read "\" as "/".
func isLink(link string) bool {
	if link == "" {
		return true
	}
	if len(link) > maxLink || strings.ContainsRune(link, '\\') || strings.ContainsFunc(link, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return false
	}
	u, err := url.Parse(link)
	if err != nil || u.User != nil {
		return false
	}
	if u.Scheme == "https" {
		return u.Host != "" && u.Opaque == ""
	}
	return u.Scheme == "" && u.Host == "" && strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//")
}

// CheckTTL refuses a time that is too short or too long.
func (l Limits) CheckTTL(ttl time.Duration) error {
	if ttl < leastTTL || ttl > l.MostTTL {
		return fault.Wrong().At("ttl_seconds", "work_ttl_wrong", "min", int(leastTTL.Seconds()), "max", int(l.MostTTL.Seconds()))
	}
	return nil
}

// Whose says whose work is meant: that of an account's valid sessions, of one of
// them, of all but one, of those of an app.
type Whose struct {
	Account string
	Session string // "" for all
	Device  string // "" for all
	Except  string
	App     string // "" for all
}

// LeaseTx keeps leases.
type LeaseTx interface {
	// SessionLives says whether a session is valid.
	SessionLives(ctx context.Context, session string, now time.Time) (bool, error)
	InsertLease(ctx context.Context, l Lease) error
	// RenewLease answers work_not_found where the session has no such lease that
	// still counts, or is not valid.
	RenewLease(ctx context.Context, session, id string, until, now time.Time) (Lease, error)
	DeleteLease(ctx context.Context, session, id string) (found bool, err error)
	// Leases gives what counts, the oldest first.
	Leases(ctx context.Context, w Whose, now time.Time) ([]Lease, error)
}

// ErrNotFound answers for a lease that is not there, not of this session, or
// over.
func ErrNotFound() *fault.Error { return fault.New(fault.NotFound, "work_not_found") }

// Pending is the refusal work_unsaved with what it is about. Its text tells none
// of it.
type Pending struct {
	Leases []Lease
}

// Error gives the code and how many there are.
func (p *Pending) Error() string { return p.Unwrap().Error() }

// Unwrap gives the fault.
func (p *Pending) Unwrap() error {
	return fault.New(fault.Conflict, "work_unsaved", "count", len(p.Leases))
}

// MustBeDone answers work_unsaved while there is work in hand. The caller holds
// the account's lock, which announcing takes too.
func MustBeDone(ctx context.Context, tx LeaseTx, w Whose, now time.Time) error {
	open, err := tx.Leases(ctx, w, now)
	if err == nil && len(open) > 0 {
		err = &Pending{Leases: open}
	}
	return err
}
