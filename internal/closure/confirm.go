package closure

import (
	"context"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/work"
	"github.com/signoff-id/signoff/internal/workday"
)

// Confirmed is a closure that has begun in earnest, and the token of its
// private status link, which is told this once.
type Confirmed struct {
	Closure     Closure
	StatusToken string
	// Blockers are what stood in the way where the answer is conditions_not_met.
	Blockers []policy.Result
}

// Confirm takes the person's proof of identity and begins the closure: all
// sessions end in the same commit. It answers proof_required and the other faults
// of a proof, conditions_not_met (the closure stays requested) and closure_state;
// and work_unsaved, a *work.Pending, while an app has work in hand on one of the
// sessions.
func (s *Service) Confirm(ctx context.Context, account, closure string, how Proof) (out Confirmed, err error) {
	token, hash, err := s.newStatusToken()
	if err != nil {
		return out, err
	}
	out.StatusToken = token
	out.Closure, err = s.change(ctx, closure, func(tx Tx, c *Closure, now time.Time) error {
		out.Blockers = nil
		if c.Account != account {
			return errNotFound()
		}
		if c.State != Requested {
			return errState(c.State, confirm)
		}
		p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
		if err != nil {
			return err
		}
		if err := how.holds(ctx, tx, account, p.Proof, now); err != nil {
			return err
		}
		results, err := again(ctx, tx, p, account)
		if err != nil {
			return err
		}
		if !Met(results) {
			out.Blockers = results
			return errNotMet(results)
		}
		if !how.Force {
			if err := work.MustBeDone(ctx, tx, work.Whose{Account: account}, now); err != nil {
				return err
			}
		}
		c.StatusHash, c.ConfirmedAt = hash, now
		return s.confirmed(ctx, tx, c, p, token, now)
	})
	return out, err
}

func (s *Service) confirmed(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, token string, now time.Time) error {
	if err := s.Sessions.EndAll(ctx, tx, member(c.Account), c.Account, "", session.ByClosure, now); err != nil {
		return err
	}
	if err := tx.LeaveBrowsers(ctx, c.Account); err != nil {
		return err
	}
	cal, err := s.Policies.Calendar(ctx, tx)
	if err != nil {
		return err
	}
	if err := setClock(c, p, cal, now); err != nil {
		return err
	}
	if err := s.move(ctx, tx, c, confirm, p, member(c.Account), now); err != nil {
		return err
	}
	if err := tx.SaveClosure(ctx, *c); err != nil {
		return err
	}
	args := map[string]string{"link": s.StatusLink(token), "days": strconv.Itoa(coolingDays(p))}
	return s.tell(ctx, tx, c, signal.ClosureRequested, args, now)
}

// setClock says when what is due, as the policy counts.
func setClock(c *Closure, p *policy.Policy, cal *workday.Calendar, now time.Time) error {
	c.WakeAt = time.Time{}
	if r := p.Review; r != nil {
		var err error
		if c.ReviewDueAt, err = r.Due(cal, now); err != nil {
			return err
		}
	}
	if f := p.CoolingOff; f != nil && f.From == policy.FromRequested {
		c.CoolingUntil = f.End(now)
	}
	if p.Review == nil {
		c.WakeAt = c.CoolingUntil
	}
	return nil
}

func coolingDays(p *policy.Policy) int {
	if p.CoolingOff == nil {
		return 0
	}
	return p.CoolingOff.Days
}
