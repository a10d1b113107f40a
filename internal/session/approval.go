package session

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
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

func (s *Service) noteOrder(ctx context.Context, tx Tx, by audit.Actor, w Waiting, at time.Time, action string) error {
	return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: at, Actor: by, Action: action, Organisation: w.Order.Organisation,
		Account: w.Account, Object: w.ID, Data: map[string]string{"scope": string(w.Order.Scope)}})
}
