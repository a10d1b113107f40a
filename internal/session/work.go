package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/work"
)

// Announce says that an app has unsaved or running work in hand on a session. It
// answers session_not_valid for a session that has ended meanwhile, and
// work_too_much.
func (s *Service) Announce(ctx context.Context, on Session, item work.Item, ttl time.Duration) (l work.Lease, err error) {
	if err := s.Work.CheckTTL(ttl); err != nil {
		return l, err
	}
	if item, err = item.Check(s.Now()); err != nil {
		return l, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, on.Account); err != nil {
			return err
		}
		now := s.Now()
		lives, err := tx.SessionLives(ctx, on.ID, now)
		if err != nil {
			return err
		}
		if !lives {
			return ErrNotValid()
		}
		open, err := tx.Leases(ctx, work.Whose{Account: on.Account, Session: on.ID}, now)
		if err != nil {
			return err
		}
		if len(open) >= s.Work.PerSession {
			return fault.New(fault.Conflict, "work_too_much", "max", s.Work.PerSession)
		}
		ends, err := tx.Grace(ctx, on.ID)
		if err != nil {
			return err
		}
		l = work.Lease{ID: s.NewID(), Session: on.ID, Account: on.Account, App: on.App, Item: item, ExpiresAt: now.Add(ttl), EndsAt: ends.Until}
		return tx.InsertLease(ctx, l)
	})
	return l, err
}

// Renew prolongs announced work, and tells by EndsAt whether the session is about
// to end.
func (s *Service) Renew(ctx context.Context, on Session, lease string, ttl time.Duration) (l work.Lease, err error) {
	if err := s.Work.CheckTTL(ttl); err != nil {
		return l, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		l, err = tx.RenewLease(ctx, on.ID, lease, now.Add(ttl), now)
		return err
	})
	return l, err
}

// Release says that the work is saved or done. Releasing what is over already is
// no error. Where an order waited for the last of it, the session ends here.
func (s *Service) Release(ctx context.Context, on Session, lease string) error {
	return s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, on.Account); err != nil {
			return err
		}
		if _, err := tx.DeleteLease(ctx, on.ID, lease); err != nil {
			return err
		}
		return s.endIfDue(ctx, tx, on.ID, s.Now())
	})
}

// InHand gives the work that counts, the oldest first.
func (s *Service) InHand(ctx context.Context, w work.Whose) (all []work.Lease, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Leases(ctx, w, s.Now())
		return err
	})
	return all, err
}

// EndsAt says when an order ends a session, zero for no order. It answers
// session_not_valid for one that has ended.
func (s *Service) EndsAt(ctx context.Context, session string) (until time.Time, err error) {
	err = s.View(ctx, func(tx Tx) error {
		lives, err := tx.SessionLives(ctx, session, s.Now())
		if err != nil {
			return err
		}
		if !lives {
			return ErrNotValid()
		}
		g, err := tx.Grace(ctx, session)
		until = g.Until
		return err
	})
	return until, err
}
