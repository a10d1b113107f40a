package session

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/work"
)

// Own says which of a person's own sessions end.
type Own struct {
	Session string // this one; or
	Device  string // all on this device; or, both empty,
	Except  string // all but this one, "" for every one
	App     string // only those of this app, "" for the whole platform
	Force   bool   // whatever work is in hand
}

// Whose says whose work stands in the way.
func (o Own) Whose(account string) work.Whose {
	return work.Whose{Account: account, Session: o.Session, Device: o.Device, Except: o.Except, App: o.App}
}

// SignOut ends one of a person's own sessions. Ending one that has ended
// already changes nothing and is no error.
func (s *Service) SignOut(ctx context.Context, account, session string) (ended int, err error) {
	return s.SignOutOwn(ctx, account, Own{Session: session})
}

// SignOutAll ends all sessions of a person but the one with the id except;
// an empty except ends every one. An app limits it to the sessions of that app.
func (s *Service) SignOutAll(ctx context.Context, account, except, app string) (ended int, err error) {
	return s.SignOutOwn(ctx, account, Own{Except: except, App: app})
}

// SignOutOwn ends some of a person's own sessions and counts them. Without Force
// it answers work_unsaved, a *work.Pending, while an app has work in hand on one
// of them. It asks under the account's lock, which announcing takes too: work that
// is announced at the same moment is seen, or comes too late and is refused.
func (s *Service) SignOutOwn(ctx context.Context, account string, o Own) (int, error) {
	var done ended
	var e Ending
	err := s.InTx(ctx, func(tx Tx) (err error) {
		if e, err = o.ending(ctx, tx, account); err != nil {
			return err
		}
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		e.At = s.Now()
		if !o.Force {
			if err := work.MustBeDone(ctx, tx, o.Whose(account), e.At); err != nil {
				return err
			}
		}
		done, err = s.end(ctx, tx, e)
		return err
	})
	s.observe(string(e.Scope), err)
	return done.count, err
}

// PreviewOwn says what SignOutOwn would end now, and changes nothing.
func (s *Service) PreviewOwn(ctx context.Context, account string, o Own) (would Affected, err error) {
	err = s.View(ctx, func(tx Tx) error {
		e, err := o.ending(ctx, tx, account)
		if err != nil {
			return err
		}
		e.At = s.Now()
		would, err = tx.CountAffected(ctx, e)
		return err
	})
	return would, err
}

func (o Own) ending(ctx context.Context, tx Tx, account string) (Ending, error) {
	e := Ending{Scope: OnePerson, Account: account, Except: o.Except, App: o.App, Cause: BySelf,
		By: audit.Actor{Kind: audit.KindMember, ID: account}}
	switch {
	case o.Session != "":
		e.Scope, e.Target, e.Except = OneSession, o.Session, ""
		target, err := tx.Session(ctx, o.Session)
		if err == nil && target.Account != account {
			err = ErrNoSession()
		}
		return e, err
	case o.Device != "":
		e.Scope, e.Target = ADevice, o.Device
	}
	return e, nil
}
