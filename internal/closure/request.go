package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/policy"
)

// confirmFor is how long a request waits for the proof of identity before it
// lapses. Nothing has happened to the account until then.
const confirmFor = 24 * time.Hour

// Request begins a closure of the own account under the newest version of an
// offered policy; an empty name means the default one. It answers
// conditions_not_met with every blocker, closure_open when one is under way,
// account_ending when the account's end has begun. Sessions and data stay as they
// are until Confirm.
func (s *Service) Request(ctx context.Context, account, policyName, successor string) (c Closure, results []policy.Result, err error) {
	if policyName, err = s.Offer.choose(policyName); err != nil {
		return Closure{}, nil, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		p, err := s.Policies.newest(ctx, tx, policyName)
		if err != nil {
			return err
		}
		a, err := tx.Account(ctx, account)
		if err != nil {
			return err
		}
		if err := identity.MustBeActive(ctx, tx, account); err != nil {
			return err
		}
		if results, err = evaluate(ctx, tx, p, account); err != nil {
			return err
		}
		if !Met(results) {
			return errNotMet(results)
		}
		if err := s.checkSuccessor(ctx, tx, account, successor); err != nil {
			return err
		}
		now := s.Now()
		c = Closure{ID: s.NewID(), Account: account, Pseudonym: s.Ring.Vault().Pseudonym("closure", account), PolicyDigest: p.Digest,
			State: Requested, Locale: a.Locale, Successor: successor, RequestedAt: now, WakeAt: now.Add(confirmFor)}
		if err := tx.InsertClosure(ctx, c); err != nil {
			return err
		}
		return s.record(ctx, tx, &c, string(Requested), member(account), now, map[string]string{"policy": p.Name, "digest": p.Digest})
	})
	return c, results, err
}

// checkSuccessor refuses a successor who shares no organisation with the
// person: nobody may learn that way which accounts exist.
func (s *Service) checkSuccessor(ctx context.Context, tx Tx, account, successor string) error {
	if successor == "" {
		return nil
	}
	refused := fault.Wrong().At("successor_id", "successor_unknown")
	if successor == account {
		return refused
	}
	mine, err := tx.Memberships(ctx, account)
	if err != nil {
		return err
	}
	for _, m := range mine {
		other, err := tx.Member(ctx, m.Organisation, successor)
		if err != nil {
			return err
		}
		if other.Account == "" {
			continue
		}
		a, err := tx.Account(ctx, successor)
		if err == nil && a.State == identity.Active {
			return nil
		}
	}
	return refused
}
