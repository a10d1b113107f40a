package session

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
)

// Approval says which orders need a second person.
type Approval struct {
	From   int     // sessions that would end; 0: no number does
	Scopes []Scope // whatever their number
}

// ApprovalWithin is how long an order waits for a second person.
const ApprovalWithin = time.Hour

// maxTold is how many are asked to agree.
const maxTold = 50

// The states of an order that waited.
const (
	OrderWaiting  = "waiting"
	OrderApproved = "approved"
	OrderRefused  = "refused"
	OrderExpired  = "expired"
)

// Waiting is an order that waits, or waited, for a second person.
type Waiting struct {
	ID        string
	Order     Order
	Account   string // whose session, device or sign-ins it is about; "" for more than one
	By        audit.Actor
	OrderedAt time.Time
	ExpiresAt time.Time
	State     string
	DecidedBy string
	DecidedAt time.Time // zero while nobody has decided
}

// needed says whether an ending by order needs a second person.
func (a Approval) needed(ctx context.Context, tx Tx, e Ending) (bool, error) {
	if slices.Contains(a.Scopes, e.Scope) {
		return true, nil
	}
	if a.From <= 0 {
		return false, nil
	}
	return tx.AffectsAtLeast(ctx, e, a.From)
}

// wants is needed for a number that is known.
func (a Approval) wants(scope Scope, sessions int) bool {
	return slices.Contains(a.Scopes, scope) || a.From > 0 && sessions >= a.From
}

// wait keeps an order until somebody else decides, and asks those who may.
func (s *Service) wait(ctx context.Context, tx Tx, by audit.Actor, o Order, e Ending) (*Waiting, error) {
	w, err := s.keep(ctx, tx, by, o, e)
	if err == nil {
		err = s.ask(ctx, tx, by, o.Organisation, e.At)
	}
	return w, err
}

func (s *Service) keep(ctx context.Context, tx Tx, by audit.Actor, o Order, e Ending) (*Waiting, error) {
	w := Waiting{ID: s.NewID(), Order: o, Account: e.Account, By: by, OrderedAt: e.At, ExpiresAt: e.At.Add(ApprovalWithin), State: OrderWaiting}
	if err := tx.InsertOrder(ctx, w); err != nil {
		return nil, err
	}
	return &w, s.noteOrder(ctx, tx, by, w, e.At, "sign_out.ordered")
}

// ask tells those who may decide in an organisation that something waits.
func (s *Service) ask(ctx context.Context, tx Tx, by audit.Actor, organisation string, at time.Time) error {
	name := "Signoff"
	if organisation != "" {
		in, err := tx.Organisation(ctx, organisation)
		if err != nil {
			return err
		}
		name = in.Name
	}
	asked, err := tx.Approvers(ctx, organisation, by.ID, maxTold)
	if err != nil {
		return err
	}
	for _, id := range asked {
		err := inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: id, Kind: signal.SignOutWaitingApproval,
			Args: map[string]string{"organisation": name}, CreatedAt: at})
		if err != nil {
			return err
		}
	}
	return nil
}

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
		out, err = s.carryOut(ctx, tx, e)
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

// ErrNoOrder answers for an order that is not there, or not for the caller to
// know of.
func ErrNoOrder() *fault.Error { return fault.New(fault.NotFound, "sign_out_order_not_found") }

func (s *Service) noteOrder(ctx context.Context, tx Tx, by audit.Actor, w Waiting, at time.Time, action string) error {
	return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: at, Actor: by, Action: action, Organisation: w.Order.Organisation,
		Account: w.Account, Object: w.ID, Data: map[string]string{"scope": string(w.Order.Scope)}})
}

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

// ExpireOrders writes down which orders nobody decided in time.
func (s *Service) ExpireOrders(ctx context.Context) error {
	return s.InTx(ctx, func(tx Tx) error { return tx.ExpireOrders(ctx, s.Now()) })
}
