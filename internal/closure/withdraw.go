package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/signal"
)

// Withdraw ends the own closure before the erasure begins. Everything is then
// as before, but for the sessions that ended.
func (s *Service) Withdraw(ctx context.Context, account, closure string) (Closure, error) {
	return s.change(ctx, closure, func(tx Tx, c *Closure, now time.Time) error {
		if c.Account != account {
			return errNotFound()
		}
		return s.withdraw(ctx, tx, c, withdraw, now)
	})
}

// WithdrawByLink withdraws by the token of the private status link.
func (s *Service) WithdrawByLink(ctx context.Context, token string) (Closure, error) {
	c, err := s.byLink(ctx, token)
	if err != nil {
		return Closure{}, err
	}
	return s.Withdraw(ctx, c.Account, c.ID)
}

// withdraw is the one way back, for the person's word and for a sign-in.
func (s *Service) withdraw(ctx context.Context, tx Tx, c *Closure, e Event, now time.Time) error {
	p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
	if err != nil {
		return err
	}
	if err := s.move(ctx, tx, c, e, p, member(c.Account), now); err != nil {
		return err
	}
	if err := tx.SaveClosure(ctx, *c); err != nil {
		return err
	}
	kind := signal.ClosureWithdrawn
	if e == withdrawBySignIn {
		kind = signal.ClosureWithdrawnLogin
	}
	return s.tell(ctx, tx, c, kind, nil, now)
}
