package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Approve lets an order that waits be carried out, by somebody else than gave it.
// It is looked at again: both must be allowed to give it now, and what ends is
// what it names now.
func (s *Service) Approve(ctx context.Context, by audit.Actor, id string) (w Waiting, out Outcome, err error) {
	w, err = s.decide(ctx, by, id, OrderApproved, func(tx Tx, w Waiting, now time.Time) error {
		if _, err := w.Order.ending(ctx, tx, w.By); err != nil {
			return fault.New(fault.Conflict, "sign_out_order_lapsed").Because(err)
		}
		e, err := w.Order.ending(ctx, tx, by)
		if err != nil {
			return err
		}
		e.At, e.Order = now, w.ID
		out, err = s.carryOut(ctx, tx, e, w.Order.Grace)
		return err
	})
	s.observe(string(w.Order.Scope), err)
	return w, out, err
}

// Refuse ends an order that waits: nobody is signed out.
func (s *Service) Refuse(ctx context.Context, by audit.Actor, id string) (Waiting, error) {
	return s.decide(ctx, by, id, OrderRefused, func(Tx, Waiting, time.Time) error { return nil })
}

// decide moves an order that waits on, once: of several at the same moment, one.
func (s *Service) decide(ctx context.Context, by audit.Actor, id, state string, then func(Tx, Waiting, time.Time) error) (w Waiting, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		if w, err = tx.Order(ctx, id); err != nil {
			return err
		}
		if err := mayKnow(ctx, tx, by, w.Order.Organisation); err != nil {
			return err
		}
		if w.By.ID == by.ID {
			return fault.New(fault.Forbidden, "sign_out_order_own")
		}
		now := s.Now()
		ok, err := tx.DecideOrder(ctx, id, state, by.ID, now)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "sign_out_order_decided")
		}
		w.State, w.DecidedBy, w.DecidedAt = state, by.ID, now
		if err := s.noteOrder(ctx, tx, by, w, now, "sign_out."+state); err != nil {
			return err
		}
		return then(tx, w, now)
	})
	return w, err
}

// mayKnow answers somebody who may not know of an order as if there were none.
func mayKnow(ctx context.Context, tx Tx, by audit.Actor, organisation string) error {
	err := allowed(ctx, tx, by, organisation)
	if fault.Is(err, "organisation_not_found") {
		return ErrNoOrder()
	}
	return err
}

// ExpireOrders writes down which orders nobody decided in time.
func (s *Service) ExpireOrders(ctx context.Context) error {
	return s.InTx(ctx, func(tx Tx) error { return tx.ExpireOrders(ctx, s.Now()) })
}
