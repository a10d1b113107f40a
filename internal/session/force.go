package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
)

// Outcome is what became of an order.
type Outcome struct {
	Ended int // sessions that were valid until then, or Everybody
	// Waiting is set when nothing has ended yet: somebody else must agree first.
	Waiting *Waiting
}

// Force ends the sessions that an order names and counts them, or lets the order
// wait for a second person where the settings want one. An admin who does not
// administer the organisation, and a target outside it, are answered alike: not
// found. Nobody signs out who outranks him (owner_required); of a department,
// those who do are left out.
func (s *Service) Force(ctx context.Context, by audit.Actor, o Order) (out Outcome, err error) {
	if err := o.check(); err != nil {
		return out, err
	}
	if err := s.checkGrace(o); err != nil {
		return out, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		e, err := o.ending(ctx, tx, by)
		if err != nil {
			return err
		}
		e.At = s.Now()
		needed, err := s.Approval.needed(ctx, tx, e)
		if err != nil {
			return err
		}
		if needed {
			out.Ended = 0
			out.Waiting, err = s.wait(ctx, tx, by, o, e)
			return err
		}
		out, err = s.carryOut(ctx, tx, e, o.Grace)
		return err
	})
	if out.Waiting == nil {
		s.observe(string(o.Scope), err)
	}
	return out, err
}

// carryOut ends what an order names, at once or with a grace, and tells the
// people.
func (s *Service) carryOut(ctx context.Context, tx Tx, e Ending, grace time.Duration) (Outcome, error) {
	var done ended
	var err error
	if grace > 0 {
		done, err = s.endGently(ctx, tx, e, grace)
	} else {
		done, err = s.end(ctx, tx, e)
	}
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Ended: done.count}, s.tell(ctx, tx, done.accounts, e.Reason, e.At)
}

// Preview says what an order would end now, and changes nothing. It needs no
// reason.
func (s *Service) Preview(ctx context.Context, by audit.Actor, o Order) (would Affected, err error) {
	if o.Reason == "" {
		o.Reason = "-"
	}
	if err := o.check(); err != nil {
		return would, err
	}
	err = s.View(ctx, func(tx Tx) error {
		e, err := o.ending(ctx, tx, by)
		if err != nil {
			return err
		}
		e.At = s.Now()
		if would, err = tx.CountAffected(ctx, e); err != nil {
			return err
		}
		would.Waits = s.Approval.wants(e.Scope, would.Sessions)
		return nil
	})
	return would, err
}

// Affected counts whom an ending would meet.
type Affected struct {
	Sessions int
	People   int
	ByKind   map[string]Count // by kind of device; kinds without sessions are missing
	// Waits says of an order that a second person must agree first.
	Waits bool
}

// Count is of one kind of device.
type Count struct {
	Sessions int
	People   int
}

// tell puts a notice to each person into the outbox.
func (s *Service) tell(ctx context.Context, tx Tx, accounts []string, reason string, now time.Time) error {
	for _, id := range accounts {
		err := inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: id, Kind: signal.SessionsEndedByAdmin,
			Args: map[string]string{"reason": reason}, CreatedAt: now})
		if err != nil {
			return err
		}
	}
	return nil
}
