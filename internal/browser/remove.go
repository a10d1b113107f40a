package browser

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/work"
)

// Remove takes an account off a browser; its session there ends, and no other.
// Whose session is over goes with the key alone; who is signed in, only by one who
// shows a session of this browser (on), else browser_not_proved. The current
// account goes last, or after a switch (browser_current_stays): nothing would be
// left to switch with. Without force it answers work_unsaved.
func (s *Service) Remove(ctx context.Context, on session.Session, key, seat string, force bool) error {
	return s.InTx(ctx, func(tx Tx) error {
		r, err := s.open(ctx, tx, key, func(x Seat) bool { return x.ID == seat })
		if err != nil {
			return err
		}
		gone, err := r.seat(seat)
		if err != nil {
			return err
		}
		if r.live[seat] {
			if r.seatOf(on.ID).ID == "" {
				return errNotProved()
			}
			if seat == r.Current && len(r.live) > 1 {
				return fault.New(fault.Conflict, "browser_current_stays")
			}
			if err := s.end(ctx, tx, []Seat{gone}, force); err != nil {
				return err
			}
		}
		if err := tx.DeleteSeat(ctx, seat); err != nil {
			return err
		}
		return s.note(ctx, tx, gone, "browser.left", s.Now())
	})
}

// SignOut ends the session of every account in a browser, and none elsewhere. The
// accounts stay on the list, to sign in again. Without force it answers
// work_unsaved with the work of all of them.
func (s *Service) SignOut(ctx context.Context, on session.Session, key string, force bool) (ended int, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		r, err := s.open(ctx, tx, key, everybody, on.Account)
		if err != nil {
			return err
		}
		if r.seatOf(on.ID).ID == "" {
			return ErrKey()
		}
		var open []Seat
		for _, x := range r.seats {
			if r.live[x.ID] {
				open = append(open, x)
			}
		}
		ended = len(open)
		return s.end(ctx, tx, open, force)
	})
	return ended, err
}

// end ends the sessions of seats, each account's for itself.
func (s *Service) end(ctx context.Context, tx Tx, seats []Seat, force bool) error {
	now := s.Now()
	if !force {
		var pending work.Pending
		for _, x := range seats {
			open, err := tx.Leases(ctx, work.Whose{Account: x.Account, Session: x.Session}, now)
			if err != nil {
				return err
			}
			pending.Leases = append(pending.Leases, open...)
		}
		if len(pending.Leases) > 0 {
			return &pending
		}
	}
	for _, x := range seats {
		err := s.Sessions.End(ctx, tx, session.Ending{Scope: session.OneSession, Account: x.Account, Target: x.Session,
			Cause: session.BySelf, By: member(x.Account), At: now})
		if err != nil {
			return err
		}
	}
	return nil
}
