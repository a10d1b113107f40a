package work

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// State is what an app stored for a person to come back to: the page, filters,
// drafts. Data is JSON that only the app understands; it is personal.
type State struct {
	Account   string
	App       string
	Version   int64 // 1 at first, one more with every change
	Data      []byte
	Size      int // of Data, in bytes
	UpdatedAt time.Time
	ExpiresAt time.Time
}

// StateTx keeps states.
type StateTx interface {
	LockAccount(ctx context.Context, account string) error
	SessionLives(ctx context.Context, session string, now time.Time) (bool, error)
	// State gives the zero State where there is none, or none any more.
	State(ctx context.Context, account, app string, now time.Time) (State, error)
	// States gives what apps stored for a person, the newest first, without Data.
	States(ctx context.Context, account string, now time.Time, limit int) ([]State, error)
	PutState(ctx context.Context, s State) error
	DeleteState(ctx context.Context, account, app string) error
}

// Holder is a person on a session of an app.
type Holder struct{ Account, Session, App string }

// States is what apps and people do with states. An app is who its session says.
type States struct {
	InTx func(context.Context, func(StateTx) error) error
	View func(context.Context, func(StateTx) error) error
	Now  func() time.Time
	// Most is the largest state, in bytes.
	Most int
	// TTL is how long a state is kept after it was last written.
	TTL time.Duration
}

// Keep stores a state in the place of the one with the version that the app
// knows, 0 for none. It answers state_changed where there is another one,
// state_too_large, and session_not_valid for a session that has ended meanwhile.
func (s *States) Keep(ctx context.Context, h Holder, version int64, data []byte) (State, error) {
	var small bytes.Buffer
	if err := json.Compact(&small, data); err != nil {
		return State{}, fault.Wrong().At("state", "state_no_json")
	}
	if small.Len() > s.Most {
		return State{}, fault.New(fault.TooLarge, "state_too_large", "max", s.Most)
	}
	out := State{Account: h.Account, App: h.App, Data: small.Bytes(), Size: small.Len()}
	err := s.InTx(ctx, func(tx StateTx) error {
		if err := tx.LockAccount(ctx, h.Account); err != nil {
			return err
		}
		now := s.Now()
		// The lock holds the account's end off: what is erased stays erased.
		lives, err := tx.SessionLives(ctx, h.Session, now)
		if err != nil {
			return err
		}
		if !lives {
			return fault.New(fault.Unauthenticated, "session_not_valid")
		}
		was, err := tx.State(ctx, h.Account, h.App, now)
		if err != nil {
			return err
		}
		if was.Version != version {
			return fault.New(fault.Conflict, "state_changed", "version", was.Version)
		}
		out.Version, out.UpdatedAt, out.ExpiresAt = version+1, now, now.Add(s.TTL)
		return tx.PutState(ctx, out)
	})
	return out, err
}

// Get gives the state of the session's app, or answers state_not_found.
func (s *States) Get(ctx context.Context, h Holder) (out State, err error) {
	out, err = s.Peek(ctx, h)
	if err == nil && out.Version == 0 {
		err = ErrNoState()
	}
	return out, err
}

// Peek is Get that gives the zero State where there is none.
func (s *States) Peek(ctx context.Context, h Holder) (out State, err error) {
	err = s.View(ctx, func(tx StateTx) error {
		out, err = tx.State(ctx, h.Account, h.App, s.Now())
		return err
	})
	return out, err
}

// mostKept bounds how many apps' states one look gives.
const mostKept = 50

// Kept gives which apps have stored a state for a person, the newest first. What
// is in them only the apps know: Data is left out.
func (s *States) Kept(ctx context.Context, account string) (all []State, err error) {
	err = s.View(ctx, func(tx StateTx) error {
		all, err = tx.States(ctx, account, s.Now(), mostKept)
		return err
	})
	return all, err
}

// Delete forgets a person's state of an app. Where there is none it does nothing.
func (s *States) Delete(ctx context.Context, account, app string) error {
	return s.InTx(ctx, func(tx StateTx) error { return tx.DeleteState(ctx, account, app) })
}

// ErrNoState answers for a state that is not there, and for another app's.
func ErrNoState() *fault.Error { return fault.New(fault.NotFound, "state_not_found") }
