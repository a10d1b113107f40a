package closure

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
)

// Part works on one data holder's share of an erasure: erase, verify, receipt.
// It may run any number of times, at once in several processes, and be cut off
// anywhere: the idempotency key and the lease make it one erasure. A failure is
// written down as a code and answered with the time after which to try again;
// it never ends the part.
func (s *Service) Part(ctx context.Context, closure, name string) (again time.Duration, err error) {
	part, c, ok, err := s.claim(ctx, closure, name)
	if err != nil || !ok {
		return 0, err
	}
	s.probe("part_claimed:" + name)
	if err := s.work(ctx, c, &part); err != nil {
		return s.failed(ctx, part, err)
	}
	return 0, nil
}

func (s *Service) claim(ctx context.Context, closure, name string) (part Part, c Closure, ok bool, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		if part, ok, err = tx.ClaimPart(ctx, closure, name, now, now.Add(s.Tries.lease())); err != nil || !ok {
			return err
		}
		c, err = tx.Closure(ctx, closure)
		return err
	})
	return part, c, ok, err
}

// work does one try. No transaction is open while the holder is called.
func (s *Service) work(ctx context.Context, c Closure, part *Part) error {
	h, err := s.Holders.Get(part.Holder)
	if err != nil {
		return err
	}
	subject, err := s.subject(ctx, c)
	if err != nil {
		return err
	}
	try, cancel := context.WithTimeout(ctx, s.Tries.Timeout)
	defer cancel()
	receipt, err := s.erase(try, h, c, subject, part)
	if err != nil {
		return err
	}
	s.probe("part_erased:" + part.Holder)
	part.Receipt, part.ErasedAt, part.LastError = &receipt, s.Now(), ""
	if err := s.save(ctx, *part); err != nil {
		return err
	}
	s.probe("part_receipt:" + part.Holder)
	left, err := ask(try, s, *part, func() (holder.Leftovers, error) { return h.Verify(try, subject) })
	if err != nil {
		return err
	}
	if len(left.Items) > 0 {
		return fault.New(fault.Conflict, "holder_leftovers", "holder", part.Holder)
	}
	s.probe("part_verified:" + part.Holder)
	return s.verified(ctx, c, part)
}

func (s *Service) save(ctx context.Context, p Part) error {
	return s.InTx(ctx, func(tx Tx) error { return tx.SavePart(ctx, p) })
}

// verified ends a part; the last one to end wakes the closure.
func (s *Service) verified(ctx context.Context, c Closure, part *Part) error {
	err := s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, c.Account); err != nil {
			return err
		}
		parts, err := tx.Parts(ctx, c.ID)
		if err != nil {
			return err
		}
		open := 0
		for _, p := range parts {
			if p.Holder == part.Holder && p.Done() {
				return nil // another worker was as fast
			}
			if !p.Done() {
				open++
			}
		}
		now := s.Now()
		part.VerifiedAt, part.NextTryAt = now, now
		if err := tx.SavePart(ctx, *part); err != nil {
			return err
		}
		if err := s.record(ctx, tx, c.ID, c.Account, "holder_erased", system, now, map[string]string{"holder": part.Holder}); err != nil {
			return err
		}
		if open == 1 {
			return tx.WakeClosure(ctx, c.ID)
		}
		return nil
	})
	if err == nil {
		s.probe("part_done:" + part.Holder)
	}
	return err
}

// failed writes down why, and when to try again.
func (s *Service) failed(ctx context.Context, part Part, why error) (time.Duration, error) {
	if fault.Is(why, "part_taken") {
		return 0, nil // the lease ran out, and another worker goes on
	}
	if errors.Is(why, context.Canceled) && ctx.Err() != nil {
		// The process stops: the lease runs out and the part is woken again. What
		// the holder says about it may quote data, and the queue keeps errors.
		return 0, ctx.Err()
	}
	pause := s.Tries.Pause(part.Attempts)
	part.LastError, part.NextTryAt = codeOf(why), s.Now().Add(pause)
	s.Log.WarnContext(ctx, "erasure part failed", "closure", part.Closure, "holder", part.Holder, "code", part.LastError,
		"attempt", part.Attempts, "again_in", pause)
	// The try's own time may be over; writing it down must still work.
	safe, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := s.save(safe, part); fault.Is(err, "part_taken") {
		return 0, nil
	} else if err != nil {
		return 0, fmt.Errorf("closure: part %s of %s: %w", part.Holder, part.Closure, err)
	}
	return pause, nil
}

// codeOf keeps texts from outside, which may hold personal data, out of the
// record.
func codeOf(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "holder_timeout"
	}
	if code := fault.Of(err).Code; code != "internal" {
		return code
	}
	return "holder_failed"
}

// subject is the person as the data holders know them.
func (s *Service) subject(ctx context.Context, c Closure) (holder.Subject, error) {
	var out holder.Subject
	err := s.View(ctx, func(tx Tx) error {
		var err error
		if out, err = subjectOf(ctx, tx, c.Account); err != nil {
			return err
		}
		out.Pseudonym = c.Pseudonym
		out.Successor, err = successorOf(ctx, tx, c.Successor)
		return err
	})
	return out, err
}

// successorOf gives the successor as data holders know them, or nobody: also
// when the successor's own end has begun meanwhile, for nothing may be handed
// to an account that is about to be empty.
func successorOf(ctx context.Context, tx Tx, account string) (*holder.Subject, error) {
	if account == "" {
		return nil, nil
	}
	a, err := tx.Account(ctx, account)
	if err != nil || a.State != identity.Active {
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
