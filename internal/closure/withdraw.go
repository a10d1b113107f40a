package closure

import (
	"context"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
)

// Withdraw ends the own closure before the erasure begins. Everything is then
// as before, but for the sessions that ended.
func (s *Service) Withdraw(ctx context.Context, account, closure string) (Closure, error) {
	return s.change(ctx, closure, func(tx Tx, c *Closure, now time.Time) error {
		if c.Account != account {
			return errNotFound()
		}
		return s.withdraw(ctx, tx, c, Withdraw, now)
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
	if e == WithdrawBySignIn {
		kind = signal.ClosureWithdrawnLogin
	}
	return s.tell(ctx, tx, c, kind, nil, now)
}

// byLink finds the closure that a private link belongs to.
func (s *Service) byLink(ctx context.Context, token string) (c Closure, err error) {
	if !strings.HasPrefix(token, StatusPrefix) {
		return Closure{}, fault.New(fault.Unauthenticated, "status_link_not_valid")
	}
	err = s.View(ctx, func(tx Tx) error {
		c, err = tx.ClosureByStatus(ctx, hashStatus(token))
		return err
	})
	if fault.Is(err, "closure_not_found") {
		err = fault.New(fault.Unauthenticated, "status_link_not_valid")
	}
	return c, err
}

// CheckLink says whether a token is a closure's private link.
func (s *Service) CheckLink(ctx context.Context, token string) error {
	_, err := s.byLink(ctx, token)
	return err
}
