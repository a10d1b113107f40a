package session

import (
	"context"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// ErrNoSession answers for a session that is not there, or not for the caller
// to know of.
func ErrNoSession() *fault.Error { return fault.New(fault.NotFound, "session_not_found") }

// SignOut ends one of a person's own sessions. Ending one that has ended
// already changes nothing and is no error.
func (s *Service) SignOut(ctx context.Context, account, session string) (ended int, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		target, err := tx.Session(ctx, session)
		if err != nil {
			return err
		}
		if target.Account != account {
			return ErrNoSession()
		}
		now := s.Now()
		ended, err = tx.EndSession(ctx, session, Ending{At: now, Cause: BySelf, By: account})
		if err != nil || ended == 0 {
			return err
		}
		return s.note(ctx, tx, now, audit.Actor{Kind: "member", ID: account},
			audit.Entry{Action: "session.ended", Account: account, Object: session}, ended)
	})
	s.observe("session", err)
	return ended, err
}

// SignOutAll ends all sessions of a person but the one with the id except;
// an empty except ends every one.
func (s *Service) SignOutAll(ctx context.Context, account, except string) (ended int, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		ended, err = EndAll(ctx, tx, account, except, Ending{At: now, Cause: BySelf, By: account})
		if err != nil || ended == 0 {
			return err
		}
		return s.note(ctx, tx, now, audit.Actor{Kind: "member", ID: account},
			audit.Entry{Action: "sessions.ended", Account: account}, ended)
	})
	s.observe("account", err)
	return ended, err
}

// EndAll ends an account's sessions inside another room's commit. It takes the
// account's lock first, so a sign-in that runs at the same time either is seen
// here or sees what the commit has changed.
func EndAll(ctx context.Context, tx Tx, account, except string, e Ending) (int, error) {
	if err := tx.LockAccount(ctx, account); err != nil {
		return 0, err
	}
	return tx.EndAccount(ctx, account, except, e)
}

func (s *Service) observe(scope string, err error) {
	if s.Observe != nil && err == nil {
		s.Observe(scope)
	}
}

// note appends the one audit entry that every way of ending sessions shares.
func (s *Service) note(ctx context.Context, tx Tx, now time.Time, by audit.Actor, e audit.Entry, ended int) error {
	e.ID, e.At, e.Actor = s.NewID(), now, by
	e.Data = map[string]string{"ended": strconv.Itoa(ended)}
	if ended == Everybody {
		e.Data["ended"] = "all"
	}
	return tx.AppendAudit(ctx, e)
}

// List gives a person's valid sessions, the newest first.
func (s *Service) List(ctx context.Context, account string) (all []Session, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.LiveSessions(ctx, account, s.Now())
		return err
	})
	return all, err
}
