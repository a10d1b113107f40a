package closure

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
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
}

// Proof is how the person has shown who it is, in a policy's words: password,
// passkey, one_time_code.
type Proof struct {
	At      time.Time
	Methods []string
}

// Prover gives the proof inside the commit that rests on it, or refuses.
type Prover func(ctx context.Context, tx Tx, now time.Time) (Proof, error)

// Confirm takes the person's proof of identity and begins the closure: all
// sessions end in the same commit. It answers what prove does, proof_required,
// conditions_not_met (the closure stays requested) and closure_state; and
// work_unsaved, a *work.Pending, while an app has work in hand on one of the
// sessions.
func (s *Service) Confirm(ctx context.Context, account, closure string, prove Prover) (Confirmed, error) {
	return s.confirm(ctx, account, closure, prove, false)
}

// ConfirmAnyway is Confirm whatever work is in hand.
func (s *Service) ConfirmAnyway(ctx context.Context, account, closure string, prove Prover) (Confirmed, error) {
	return s.confirm(ctx, account, closure, prove, true)
}

func (s *Service) confirm(ctx context.Context, account, closure string, prove Prover, force bool) (Confirmed, error) {
	token, hash, err := s.newStatusToken()
	if err != nil {
		return Confirmed{}, err
	}
	c, err := s.change(ctx, closure, func(tx Tx, c *Closure, now time.Time) error {
		if c.Account != account {
			return errNotFound()
		}
		if c.State != Requested {
			return errState(c.State, Confirm)
		}
		proof, err := prove(ctx, tx, now)
		if err != nil {
			return err
		}
		p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
		if err != nil {
			return err
		}
		fits := func(m string) bool { return slices.Contains(p.Proof.Methods, m) }
		if !slices.ContainsFunc(proof.Methods, fits) || now.Sub(proof.At) > p.Proof.MaxAge {
			return fault.New(fault.Unauthenticated, "proof_required", "minutes", int(p.Proof.MaxAge.Minutes()))
		}
		if err := mustHold(ctx, tx, p, account); err != nil {
			return err
		}
		if !force {
			if err := work.MustBeDone(ctx, tx, work.Whose{Account: account}, now); err != nil {
				return err
			}
		}
		c.StatusHash, c.ConfirmedAt = hash, now
		return s.confirmed(ctx, tx, c, p, token, now)
	})
	return Confirmed{Closure: c, StatusToken: token}, err
}

func (s *Service) confirmed(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, token string, now time.Time) error {
	ended, err := s.Sessions.EndAll(ctx, tx, member(c.Account), c.Account, "", session.ByClosure, now)
	if err != nil {
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
	if err := s.move(ctx, tx, c, Confirm, p, member(c.Account), now); err != nil {
		return err
	}
	if err := tx.SaveClosure(ctx, *c); err != nil {
		return err
	}
	args := map[string]string{"link": s.StatusLink(token), "days": strconv.Itoa(coolingDays(p)), "sessions": strconv.Itoa(ended.Count)}
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
		c.ReviewFrom = now
	}
	if f := p.CoolingOff; f != nil && (f.From == policy.FromRequested || p.Review == nil) {
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

// mustHold re-checks the conditions inside the commit that depends on them.
func mustHold(ctx context.Context, tx Tx, p *policy.Policy, account string) error {
	if err := org.Hold(ctx, tx, account); err != nil {
		return err
	}
	results, err := evaluate(ctx, tx, p, account)
	if err != nil {
		return err
	}
	if !Met(results) {
		return ErrNotMet(results)
	}
	return nil
}
