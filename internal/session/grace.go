package session

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/work"
)

// Grace is the time that an order leaves an app to save what it has in hand. The
// session is valid until then, or until its work is released or expired: an
// order takes effect when the session ends, never before it is acknowledged as
// ended.
type Grace struct {
	Session      string
	Account      string
	Organisation string // that the admin acted for, or ""
	Until        time.Time
	By           audit.Actor
	Reason       string // as typed; may be personal
}

// GraceTx keeps graces.
type GraceTx interface {
	// InsertGrace keeps the earlier end, where a session has one already.
	InsertGrace(ctx context.Context, g Grace) error
	// Grace gives the zero Grace for a session that has none.
	Grace(ctx context.Context, session string) (Grace, error)
	DeleteGrace(ctx context.Context, session string) error
	// DueGraces gives up to limit sessions whose time is over or whose work is
	// done.
	DueGraces(ctx context.Context, now time.Time, limit int) ([]Grace, error)
}

func (s *Service) checkGrace(o Order) error {
	switch {
	case o.Grace == 0:
		return nil
	case o.Scope == Organisation: // one mark ends all at once
		return fault.Wrong().At("grace_seconds", "field_not_used", "scope", string(o.Scope))
	case o.Grace < 0 || o.Grace > s.MostGrace:
		return fault.Wrong().At("grace_seconds", "grace_wrong", "max", int(s.MostGrace.Seconds()))
	}
	return nil
}

// endGently ends the sessions without work at once, each for itself, and lets the
// others go on for the grace: EndGraced ends them, or Release when the work is
// done. Where none has work it is an ordinary end.
func (s *Service) endGently(ctx context.Context, tx Tx, e Ending, grace time.Duration) (out ended, err error) {
	until := e.At.Add(grace)
	accounts := []string{e.Account}
	if e.Scope == ADepartment {
		if accounts, err = tx.AffectedBy(ctx, e); err != nil {
			return out, err
		}
	}
	open, held := map[string][]Session{}, map[string]bool{}
	for _, account := range accounts {
		if open[account], err = s.meant(ctx, tx, e, account, held); err != nil {
			return out, err
		}
	}
	if len(held) == 0 {
		return s.end(ctx, tx, e)
	}
	for _, account := range accounts {
		for _, x := range open[account] {
			if held[x.ID] {
				err = tx.InsertGrace(ctx, Grace{Session: x.ID, Account: account, Organisation: e.Organisation, Until: until, By: e.By, Reason: e.Reason})
			} else {
				one := Ending{Scope: OneSession, Account: account, Organisation: e.Organisation, Target: x.ID, Cause: e.Cause, By: e.By, Reason: e.Reason, Order: e.Order, At: e.At}
				err = s.End(ctx, tx, one)
				out.count++
			}
			if err != nil {
				return out, err
			}
		}
		if len(open[account]) > 0 {
			out.accounts = append(out.accounts, account)
		}
	}
	return out, nil
}

// meant gives the sessions of an account that an ending is about, under the
// account's lock, and adds those with work in hand to held.
func (s *Service) meant(ctx context.Context, tx Tx, e Ending, account string, held map[string]bool) ([]Session, error) {
	if err := tx.LockAccount(ctx, account); err != nil {
		return nil, err
	}
	open, err := tx.LiveHeads(ctx, account, e.At)
	if err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(x Session) bool {
		return x.ID == e.Except || e.App != "" && x.App != e.App ||
			e.Scope == OneSession && x.ID != e.Target || e.Scope == ADevice && x.Device.ID != e.Target
	})
	leases, err := tx.Leases(ctx, work.Whose{Account: account}, e.At)
	for _, l := range leases {
		if slices.ContainsFunc(open, func(x Session) bool { return x.ID == l.Session }) {
			held[l.Session] = true
		}
	}
	return open, err
}

// graceBatch bounds one look for graces that are over.
const graceBatch = 200

// EndGraced ends the sessions whose grace is over or whose work is done, each in
// a commit of its own, and counts them. Call it again and again.
func (s *Service) EndGraced(ctx context.Context) (ended int, err error) {
	var due []Grace
	err = s.View(ctx, func(tx Tx) error {
		due, err = tx.DueGraces(ctx, s.Now(), graceBatch)
		return err
	})
	for _, g := range due {
		if err != nil {
			break
		}
		err = s.InTx(ctx, func(tx Tx) error {
			if err := tx.LockAccount(ctx, g.Account); err != nil {
				return err
			}
			return s.endIfDue(ctx, tx, g.Session, s.Now())
		})
		ended++
	}
	return ended, err
}

// endIfDue ends a session whose grace is over or whose work is done. The caller
// holds the account's lock.
func (s *Service) endIfDue(ctx context.Context, tx Tx, session string, now time.Time) error {
	g, err := tx.Grace(ctx, session)
	if err != nil || g.Session == "" {
		return err
	}
	if now.Before(g.Until) {
		left, err := tx.Leases(ctx, work.Whose{Account: g.Account, Session: session}, now)
		if err != nil || len(left) > 0 {
			return err
		}
	}
	if err := tx.DeleteGrace(ctx, session); err != nil {
		return err
	}
	return s.End(ctx, tx, Ending{Scope: OneSession, Account: g.Account, Organisation: g.Organisation, Target: session,
		Cause: ByAdmin, By: g.By, Reason: g.Reason, At: now})
}
