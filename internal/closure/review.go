package closure

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/signal"
)

// Approve lets a reviewed closure go on. When the conditions no longer hold the
// closure ends as refused instead, and the person is told; read the state.
func (s *Service) Approve(ctx context.Context, by audit.Actor, closure string) (Closure, error) {
	return s.review(ctx, by, closure, func(tx Tx, c *Closure, p *policy.Policy, now time.Time) error {
		results, err := again(ctx, tx, p, c.Account)
		if err != nil {
			return err
		}
		if !Met(results) {
			return s.refuse(ctx, tx, c, p, results, now)
		}
		if f := p.CoolingOff; f != nil && f.From == policy.FromApproved {
			c.CoolingUntil = f.End(now)
		}
		c.WakeAt = c.CoolingUntil
		if err := s.move(ctx, tx, c, approve, p, by, now); err != nil {
			return err
		}
		return s.tell(ctx, tx, c, signal.ClosureApproved, nil, now)
	})
}

// Reject ends a closure with a reason that the person is told. Afterwards the
// account is as before.
func (s *Service) Reject(ctx context.Context, by audit.Actor, closure, reason string) (Closure, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Closure{}, fault.Wrong().At("reason", "required")
	}
	if utf8.RuneCountInString(reason) > 500 {
		return Closure{}, fault.Wrong().At("reason", "text_too_long", "max", 500)
	}
	return s.review(ctx, by, closure, func(tx Tx, c *Closure, p *policy.Policy, now time.Time) error {
		c.Reason = reason
		if err := s.move(ctx, tx, c, reject, p, by, now); err != nil {
			return err
		}
		return s.tell(ctx, tx, c, signal.ClosureRejected, map[string]string{"reason": reason}, now)
	})
}

// review is what both decisions share: nobody decides on the own closure, and
// only what is in review can be decided on.
func (s *Service) review(ctx context.Context, by audit.Actor, closure string, decide func(Tx, *Closure, *policy.Policy, time.Time) error) (Closure, error) {
	return s.change(ctx, closure, func(tx Tx, c *Closure, now time.Time) error {
		if c.Account == by.ID {
			return fault.New(fault.Forbidden, "review_own_closure")
		}
		if c.State != InReview {
			return errState(c.State, approve)
		}
		p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
		if err != nil {
			return err
		}
		c.ReviewedAt, c.ReviewedBy = now, by.ID
		if err := decide(tx, c, p, now); err != nil {
			return err
		}
		return tx.SaveClosure(ctx, *c)
	})
}
