package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/policy"
)

// Step does whatever is due for a closure now. Called too early, twice, or for
// one that has ended, it does nothing.
func (s *Service) Step(ctx context.Context, id string) error {
	c, err := s.change(ctx, id, func(tx Tx, c *Closure, now time.Time) error {
		p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
		if err != nil {
			return err
		}
		switch {
		case c.State == Requested && !now.Before(c.RequestedAt.Add(confirmFor)):
			return s.lapse(ctx, tx, c, p, now)
		case c.State == CoolingOff && !now.Before(c.CoolingUntil):
			return s.elapse(ctx, tx, c, p, now)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.State == Erasing {
		s.probe("ledger_written")
		return s.finish(ctx, c.ID)
	}
	return nil
}

// lapse ends a request that nobody confirmed.
func (s *Service) lapse(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, now time.Time) error {
	if err := s.move(ctx, tx, c, lapse, p, system, now); err != nil {
		return err
	}
	return tx.SaveClosure(ctx, *c)
}

// elapse begins the erasure at the end of the cooling-off, or refuses it when
// the conditions no longer hold.
func (s *Service) elapse(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, now time.Time) error {
	results, err := again(ctx, tx, p, c.Account)
	if err != nil {
		return err
	}
	if Met(results) {
		err = s.move(ctx, tx, c, elapse, p, system, now)
	} else {
		err = s.refuse(ctx, tx, c, p, results, now)
	}
	if err != nil {
		return err
	}
	return tx.SaveClosure(ctx, *c)
}
