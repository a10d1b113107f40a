package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// ErrNoOrder answers for an order that is not there, or not for the caller to
// know of.
func ErrNoOrder() *fault.Error { return fault.New(fault.NotFound, "sign_out_order_not_found") }

// Orders lists the orders of an organisation that waited or wait, the newest
// first; before is the id to go on from. An empty organisation, for operators:
// those of all.
func (s *Service) Orders(ctx context.Context, by audit.Actor, organisation, before string, limit int) (all []Waiting, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if err := allowed(ctx, tx, by, organisation); err != nil {
			return err
		}
		all, err = tx.Orders(ctx, organisation, before, limit)
		return err
	})
	for i := range all {
		all[i].lapse(s.Now())
	}
	return all, err
}

// Order reads one, with what it would end now while it waits.
func (s *Service) Order(ctx context.Context, by audit.Actor, id string) (w Waiting, would Affected, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if w, err = tx.Order(ctx, id); err != nil {
			return err
		}
		if err := mayKnow(ctx, tx, by, w.Order.Organisation); err != nil {
			return err
		}
		if w.lapse(s.Now()); w.State != OrderWaiting {
			return nil
		}
		e, err := w.Order.ending(ctx, tx, w.By)
		if err != nil {
			return nil //nolint:nilerr // its target has gone since: it would end nothing
		}
		e.At = s.Now()
		would, err = tx.CountAffected(ctx, e)
		return err
	})
	return w, would, err
}

// mostWaiting is how far waiting orders are counted.
const mostWaiting = 100

// WaitingFor counts the orders on which somebody could decide now, up to 100: of
// the organisations that are named; an operator names none and gets those of all.
// The own ones are for others. Whoever asks manages the organisations.
func (s *Service) WaitingFor(ctx context.Context, by audit.Actor, organisations ...string) (n int, err error) {
	if by.Kind == audit.KindOperator {
		organisations = []string{""}
	}
	err = s.View(ctx, func(tx Tx) error {
		for _, o := range organisations {
			of, err := tx.CountWaiting(ctx, o, by.ID, s.Now(), mostWaiting)
			if err != nil {
				return err
			}
			n += of
		}
		return nil
	})
	return n, err
}

// lapse shows an order for which nobody came as expired.
func (w *Waiting) lapse(now time.Time) {
	if w.State == OrderWaiting && !w.ExpiresAt.After(now) {
		w.State = OrderExpired
	}
}
