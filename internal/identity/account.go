// Package identity holds accounts. An account is what one person signs in to,
// with its sign-in names and its password, and what stands in the way of
// closing it: bindings to outside services, flags, arrears.
package identity

import (
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
)

// State is where an account stands.
type State string

// The states of an account. A paused one rests: nobody gets in, and its data
// stays. A closed one keeps its id, for ever, and nothing else.
const (
	Active  State = "active"
	Paused  State = "paused"
	Erasing State = "erasing"
	Closed  State = "closed"
)

// States lists all states, in the order of a life.
func States() []State { return []State{Active, Paused, Erasing, Closed} }

// Lives says whether an account's end has not begun.
func (s State) Lives() bool { return s == Active || s == Paused }

// Account is one person's login.
type Account struct {
	ID          string
	State       State
	Name        string // what the person is called; personal
	Locale      string // the language of notices
	Stolen      bool   // reported stolen: 账号被盗
	Banned      bool   // banned by the operator: 账号被封
	Identifiers []Identifier
	// Verified says when it was shown that an identifier is the person's own;
	// those that nobody has shown are not in it.
	Verified  map[Identifier]time.Time
	CreatedAt time.Time
	ClosedAt  time.Time // zero while not closed
	// SessionsNotBefore is the mark below which no session of this account is
	// valid any more.
	SessionsNotBefore time.Time
}

// Shown gives the identifiers that were shown to be the person's own.
func (a Account) Shown() (shown []Identifier) {
	for _, id := range a.Identifiers {
		if !a.Verified[id].IsZero() {
			shown = append(shown, id)
		}
	}
	return shown
}

// Address gives the account's e-mail address for notices, or "".
func (a Account) Address() string {
	for _, id := range a.Identifiers {
		if id.Kind == Email {
			return id.Value
		}
	}
	return ""
}

// Mobile gives the account's mobile number for notices, or "".
func (a Account) Mobile() string {
	for _, id := range a.Identifiers {
		if id.Kind == Mobile {
			return id.Value
		}
	}
	return ""
}

// Muted says whether the account is sent only what it must know.
func (a Account) Muted() bool { return a.State == Paused }

// ErrNoAccount answers for an account that is not there, or not for the caller
// to know of.
func ErrNoAccount() *fault.Error { return fault.New(fault.NotFound, "account_not_found") }

func checkLocale(l string) (string, error) {
	if l == "" {
		return language.Chinese, nil
	}
	if !language.Known(l) {
		return "", fault.Wrong().At("locale", "locale_unknown")
	}
	return l, nil
}
