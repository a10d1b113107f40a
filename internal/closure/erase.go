package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
)

// beginErasure writes the ledger and a part for every data holder, with its
// job, in the commit that makes the erasure certain. Nothing has been erased
// when this commits; everything will be.
func (s *Service) beginErasure(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, now time.Time) error {
	c.ErasingAt, c.WakeAt = now, now.Add(s.Tries.lease())
	cal, err := s.Policies.Calendar(ctx, tx)
	if err != nil {
		return err
	}
	if c.DeadlineAt, err = deadline(p, cal, now); err != nil {
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
	if _, err := tx.EndAccount(ctx, c.Account, "", session.Ending{At: now, Cause: session.ByClosure}); err != nil {
		return err
	}
	for i, name := range names {
		part := Part{Closure: c.ID, Holder: name, Position: i, Key: c.ID + "/" + name, NextTryAt: now}
		if err := tx.InsertPart(ctx, part); err != nil {
			return err
		}
		if err := tx.WakePart(ctx, c.ID, name); err != nil {
			return err
		}
	}
	if len(names) == 0 {
		return tx.WakeClosure(ctx, c.ID)
	}
	return nil
}
