package session

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// ErrNoSession answers for a session that is not there, or not for the caller
// to know of.
func ErrNoSession() *fault.Error { return fault.New(fault.NotFound, "session_not_found") }

// SignOut ends one of a person's own sessions. Ending one that has ended
// already changes nothing and is no error.
func (s *Service) SignOut(ctx context.Context, account, session string) (ended int, err error) {
	return s.endOwn(ctx, account, func(tx Tx) (Ending, error) {
		target, err := tx.Session(ctx, session)
		if err == nil && target.Account != account {
			err = ErrNoSession()
		}
		return Ending{Scope: OneSession, Target: session}, err
	})
}

// SignOutAll ends all sessions of a person but the one with the id except;
// an empty except ends every one. An app limits it to the sessions of that app.
func (s *Service) SignOutAll(ctx context.Context, account, except, app string) (ended int, err error) {
	return s.endOwn(ctx, account, func(Tx) (Ending, error) {
		return Ending{Scope: OnePerson, Except: except, App: app}, nil
	})
}

func (s *Service) endOwn(ctx context.Context, account string, choose func(Tx) (Ending, error)) (int, error) {
	var done Ended
	var e Ending
	err := s.InTx(ctx, func(tx Tx) (err error) {
		if e, err = choose(tx); err != nil {
			return err
		}
		e.Account, e.Cause, e.By, e.At = account, BySelf, audit.Actor{Kind: audit.KindMember, ID: account}, s.Now()
		done, err = s.End(ctx, tx, e)
		return err
	})
	s.observe(string(e.Scope), err)
	return done.Count, err
}

func (s *Service) observe(scope string, err error) {
	if s.Observe != nil && err == nil {
		s.Observe(scope)
	}
}

// List gives a person's valid sessions, the newest first.
func (s *Service) List(ctx context.Context, account string) (all []Session, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.LiveSessions(ctx, account, s.Now())
		return err
	})
	return all, err
}
