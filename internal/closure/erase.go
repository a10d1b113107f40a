package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/workday"
)

// beginErasure writes the ledger and a part for every data holder, with its
// job, in the commit that makes the erasure certain. Nothing has been erased
// when this commits; everything will be.
func (s *Service) beginErasure(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, now time.Time) error {
	c.ErasingAt, c.WakeAt = now, now.Add(s.Tries.Lease())
	cal, err := s.Policies.Calendar(ctx, tx)
	if err != nil {
		return err
	}
	if c.DeadlineAt, err = s.deadline(ctx, p, cal, now); err != nil {
		return err
	}
	names := s.Holders.Names()
	if err := tx.InsertLedger(ctx, Ledger{Closure: c.ID, Account: c.Account, Pseudonym: c.Pseudonym, PolicyDigest: c.PolicyDigest,
		Holders: names, WrittenAt: now}); err != nil {
		return err
	}
	if err := tx.SetAccountState(ctx, c.Account, identity.Erasing, now); err != nil {
		return err
	}
	// A sign-in cannot have come in between: this commit holds the account's
	// lock. Sessions can be left only under a policy that ends none before.
	if err := s.Sessions.EndAll(ctx, tx, system, c.Account, "", session.ByClosure, now); err != nil {
		return err
	}
	if err := erasure.Begin(ctx, tx.ClosureParts(), c.ID, names, now); err != nil {
		return err
	}
	if len(names) == 0 {
		return tx.WakeClosure(ctx, c.ID)
	}
	return nil
}

// deadline gives the law's deadline for an erasure that begins now. A calendar
// without the year must not hold an erasure up: then the days are counted as if
// all were working days, which is never too late, and the operator is told.
func (s *Service) deadline(ctx context.Context, p *policy.Policy, cal *workday.Calendar, now time.Time) (time.Time, error) {
	at, err := p.Deadline.Due(cal, now)
	if fault.Is(err, "calendar_year_unknown") {
		s.Log.ErrorContext(ctx, "no calendar for the deadline of an erasure: counted calendar days instead", "error", err)
		return now.AddDate(0, 0, p.Deadline.WorkingDays), nil
	}
	return at, err
}
