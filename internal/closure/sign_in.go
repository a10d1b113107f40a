package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// SignedIn is what a successful sign-in does to a closure that is under way, in
// the sign-in's commit: it withdraws it and gives it, or answers
// account_cooling_off where the policy lets nobody in. Without a closure it
// gives nil.
func (s *Service) SignedIn(ctx context.Context, tx Tx, account string, now time.Time) (*Closure, error) {
	c, err := tx.OpenClosure(ctx, account)
	if err != nil || c.ID == "" || c.State == Requested {
		return nil, err
	}
	p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
	if err != nil {
		return nil, err
	}
	if _, ok := stateAfter(c.State, withdrawBySignIn, planOf(p)); !ok {
		return nil, fault.New(fault.Conflict, "account_cooling_off")
	}
	if err := s.withdraw(ctx, tx, &c, withdrawBySignIn, now); err != nil {
		return nil, err
	}
	return &c, nil
}
