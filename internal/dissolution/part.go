package dissolution

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/org"
)

// Part works on one data holder's share, as erasure.Engine does.
func (s *Service) Part(ctx context.Context, dissolution, name string) (again time.Duration, err error) {
	return s.engine().Work(ctx, dissolution, name)
}

func (s *Service) engine() *erasure.Engine {
	return &erasure.Engine{Now: s.Now, Log: s.Log, Holders: s.Holders, Tries: s.Tries, Probe: s.probe,
		InTx: func(ctx context.Context, fn func(erasure.Tx) error) error {
			return s.InTx(ctx, func(tx Tx) error { return fn(tx.DissolutionParts()) })
		},
		Whose: s.whose, Verified: s.verified}
}

// whose gives the organisation as the data holders know it, and the instant of
// the erasure. A successor whose own end has begun takes over nothing.
func (s *Service) whose(ctx context.Context, id string) (who holder.Subject, at time.Time, err error) {
	err = s.View(ctx, func(tx Tx) error {
		d, err := tx.Dissolution(ctx, id)
		if err != nil {
			return err
		}
		at, who = d.ErasingAt, holder.Subject{Organisation: d.Organisation, Pseudonym: d.Pseudonym}
		if d.Successor != "" && org.MustBeOpen(ctx, tx, d.Successor) == nil {
			who.Successor = &holder.Subject{Organisation: d.Successor}
		}
		return nil
	})
	return who, at, err
}

// verified ends a part; the last one to end wakes the dissolution.
func (s *Service) verified(ctx context.Context, part *erasure.Part) error {
	_, err := s.change(ctx, part.Of, func(tx Tx, d *Dissolution, now time.Time) error {
		first, last, err := erasure.End(ctx, tx.DissolutionParts(), part, now)
		if err != nil || !first {
			return err
		}
		if err := s.record(ctx, tx, d, "holder_erased", system, now, map[string]string{"holder": part.Holder}); err != nil {
			return err
		}
		if last {
			return tx.WakeDissolution(ctx, d.ID)
		}
		return nil
	})
	return err
}

// Retry makes a data holder's part due now: an operator's push; part_not_open
// where it has nothing left to do.
func (s *Service) Retry(ctx context.Context, by audit.Actor, dissolution, name string) error {
	return s.InTx(ctx, func(tx Tx) error {
		return erasure.Retry(ctx, tx, tx.DissolutionParts(), name, audit.Entry{ID: s.NewID(), At: s.Now(), Actor: by, Object: dissolution})
	})
}
