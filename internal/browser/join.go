package browser

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// Join brings a session into a browser and makes it the current one. Without a
// key it begins a browser. The answer is the browser's key from now on: every
// account that comes gives it a new one, so that nobody who had planted or copied
// the old one is in.
//
// Into a browser in which somebody is signed in comes only who shows one of those
// sessions (by), and whoever was in it before. It answers browser_key_not_valid,
// browser_not_proved, browser_full and session_not_valid.
func (s *Service) Join(ctx context.Context, on session.Session, key string, by session.Session) (fresh string, err error) {
	fresh, hash, err := s.newKey()
	if err != nil {
		return "", err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		if key == "" {
			return s.begin(ctx, tx, on, hash)
		}
		r, err := s.open(ctx, tx, key, nobody, on.Account)
		if err != nil {
			return err
		}
		now := s.Now()
		if err := mustLive(ctx, tx, on, now); err != nil {
			return err
		}
		seat, err := s.admit(r, on, by, now)
		if err != nil {
			return err
		}
		if err := s.replace(ctx, tx, r, seat, now); err != nil {
			return err
		}
		if err := tx.SetKey(ctx, r.ID, hash); err != nil {
			return err
		}
		return s.sit(ctx, tx, r.ID, seat, now)
	})
	return fresh, err
}

func (s *Service) begin(ctx context.Context, tx Tx, on session.Session, hash []byte) error {
	if err := tx.LockAccount(ctx, on.Account); err != nil {
		return err
	}
	now := s.Now()
	if err := mustLive(ctx, tx, on, now); err != nil {
		return err
	}
	b := Browser{ID: s.NewID(), App: on.App}
	if err := tx.InsertBrowser(ctx, b, hash, now); err != nil {
		return err
	}
	return s.sit(ctx, tx, b.ID, Seat{ID: s.NewID(), Account: on.Account, Session: on.ID, AddedAt: now}, now)
}

// admit gives the seat that a session takes.
func (s *Service) admit(r room, on, by session.Session, now time.Time) (Seat, error) {
	if on.App != r.App {
		return Seat{}, ErrKey()
	}
	for _, x := range r.seats {
		if x.Account == on.Account { // it was here before
			x.Session = on.ID
			return x, nil
		}
	}
	if len(r.live) > 0 && r.seatOf(by.ID).ID == "" {
		return Seat{}, errNotProved()
	}
	if len(r.seats) >= Most {
		return Seat{}, fault.New(fault.Conflict, "browser_full", "max", Most)
	}
	return Seat{ID: s.NewID(), Account: on.Account, Session: on.ID, AddedAt: now}, nil
}

// replace ends the session that an account had in this browser: the one that
// comes takes its place.
func (s *Service) replace(ctx context.Context, tx Tx, r room, seat Seat, now time.Time) error {
	i := slices.IndexFunc(r.seats, func(x Seat) bool { return x.ID == seat.ID })
	if i < 0 || r.seats[i].Session == seat.Session {
		return nil // a new seat, or the same session once more
	}
	old := r.seats[i]
	return s.Sessions.End(ctx, tx, session.Ending{Scope: session.OneSession, Account: old.Account, Target: old.Session,
		Cause: session.BySelf, By: member(old.Account), At: now})
}

func (s *Service) sit(ctx context.Context, tx Tx, browser string, seat Seat, now time.Time) error {
	if err := tx.PutSeat(ctx, browser, seat); err != nil {
		return err
	}
	if err := tx.SetCurrent(ctx, browser, seat.ID); err != nil {
		return err
	}
	return s.note(ctx, tx, seat, "browser.joined", now)
}

// note writes it down for the one account that it is about, and for no other.
func (s *Service) note(ctx context.Context, tx Tx, seat Seat, action string, now time.Time) error {
	return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: member(seat.Account), Action: action, Account: seat.Account, Object: seat.Session})
}

func mustLive(ctx context.Context, tx Tx, on session.Session, now time.Time) error {
	lives, err := tx.SessionLives(ctx, on.ID, now)
	if err == nil && !lives {
		err = session.ErrNotValid()
	}
	return err
}

func member(account string) audit.Actor { return audit.Actor{Kind: audit.KindMember, ID: account} }
