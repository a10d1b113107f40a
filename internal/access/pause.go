package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// Pause says since when an account rests, and until when.
type Pause struct {
	At    time.Time
	Until time.Time // zero: until somebody resumes it
}

// PauseTx keeps pauses.
type PauseTx interface {
	InsertPause(ctx context.Context, account string, p Pause) error
	// Pause gives the zero Pause for an account that is not paused.
	Pause(ctx context.Context, account string) (Pause, error)
	DeletePause(ctx context.Context, account string) error
	// DuePauses gives up to limit accounts whose pause is over.
	DuePauses(ctx context.Context, now time.Time, limit int) ([]string, error)
}

// mostPause is how far ahead the end of a pause may be.
const mostPause = 5 * 366 * 24 * time.Hour

// Pause lets an account rest (停用): its sessions end, nobody gets in, and its
// data stays as it is until it is resumed. It is no punishment: whoever can sign
// in can resume. It answers closure_open while a closure is under way,
// last_admin where an organisation would be left without one, account_paused and
// account_ending.
func (s *Service) Pause(ctx context.Context, by audit.Actor, account string, until time.Time) (p Pause, err error) {
	err = s.change(ctx, account, func(tx Tx, now time.Time) error {
		if !until.IsZero() && (!until.After(now) || until.Sub(now) > mostPause) {
			return fault.Wrong().At("until", "pause_until_wrong")
		}
		if err := mayRest(ctx, tx, account); err != nil {
			return err
		}
		p = Pause{At: now, Until: until}
		if err := tx.InsertPause(ctx, account, p); err != nil {
			return err
		}
		// First the sessions, while they count as valid: then the state.
		if err := s.Sessions.EndAll(ctx, tx, by, account, "", session.ByPause, now); err != nil {
			return err
		}
		if err := tx.SetAccountState(ctx, account, identity.Paused, now); err != nil {
			return err
		}
		return s.noteAndTell(ctx, tx, by, now, account, signal.AccountPaused, "account.paused")
	})
	return p, err
}

// mayRest refuses a pause that would stand in somebody's way.
func mayRest(ctx context.Context, tx Tx, account string) error {
	c, err := tx.OpenClosure(ctx, account)
	if err != nil {
		return err
	}
	if c.ID != "" {
		return fault.New(fault.Conflict, "closure_open")
	}
	if err := org.Hold(ctx, tx, account); err != nil {
		return err
	}
	last, err := org.LastAdminOf(ctx, tx, account)
	if err == nil && last != "" {
		err = fault.New(fault.Conflict, "last_admin")
	}
	return err
}

// Rest gives an account's pause, the zero one where it is not paused.
func (s *Service) Rest(ctx context.Context, account string) (p Pause, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if _, err := tx.Account(ctx, account); err != nil {
			return err
		}
		p, err = tx.Pause(ctx, account)
		return err
	})
	return p, err
}
