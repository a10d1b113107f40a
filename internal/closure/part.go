package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/holder"
)

// Part is one data holder's share of an erasure.
type Part = erasure.Part

// Tries says how an erasure's parts are tried.
type Tries = erasure.Tries

// Part works on one data holder's share of an erasure, as erasure.Engine does.
func (s *Service) Part(ctx context.Context, closure, name string) (again time.Duration, err error) {
	return s.engine().Work(ctx, closure, name)
}

func (s *Service) engine() *erasure.Engine {
	return &erasure.Engine{Now: s.Now, Log: s.Log, Holders: s.Holders, Tries: s.Tries, Probe: s.probe,
		InTx: func(ctx context.Context, fn func(erasure.Tx) error) error {
			return s.InTx(ctx, func(tx Tx) error { return fn(tx.ClosureParts()) })
		},
		Whose: s.whose, Verified: s.verified}
}

// verified ends a part; the last one to end wakes the closure.
func (s *Service) verified(ctx context.Context, part *Part) error {
	_, err := s.change(ctx, part.Of, func(tx Tx, c *Closure, now time.Time) error {
		first, last, err := erasure.End(ctx, tx.ClosureParts(), part, now)
		if err != nil || !first {
			return err
		}
		if err := s.record(ctx, tx, c, "holder_erased", system, now, map[string]string{"holder": part.Holder}); err != nil {
			return err
		}
		if last {
			return tx.WakeClosure(ctx, c.ID)
		}
		return nil
	})
	return err
}

// whose gives the person of a closure as the data holders know them, and the
// instant of the erasure.
func (s *Service) whose(ctx context.Context, closure string) (holder.Subject, time.Time, error) {
	var out holder.Subject
	var at time.Time
	err := s.View(ctx, func(tx Tx) error {
		c, err := tx.Closure(ctx, closure)
		if err != nil {
			return err
		}
		at = c.ErasingAt
		if out, err = subjectOf(ctx, tx, c.Account); err != nil {
			return err
		}
		out.Pseudonym = c.Pseudonym
		out.Successor, err = successorOf(ctx, tx, c.Successor)
		return err
	})
	return out, at, err
}

// successorOf gives the successor as data holders know them, or nobody: also
// when the successor's own end has begun meanwhile, for nothing may be handed
// to an account that is about to be empty.
func successorOf(ctx context.Context, tx Tx, account string) (*holder.Subject, error) {
	if account == "" {
		return nil, nil
	}
	a, err := tx.Account(ctx, account)
	if err != nil || !a.State.Lives() {
		return nil, err
	}
	s, err := subjectOf(ctx, tx, account)
	return &s, err
}

func subjectOf(ctx context.Context, tx Tx, account string) (holder.Subject, error) {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return holder.Subject{}, err
	}
	ids := map[string][]string{}
	for _, id := range a.Identifiers {
		ids[id.Kind] = append(ids[id.Kind], id.Value)
	}
	return holder.Subject{Account: account, Identifiers: ids}, nil
}
