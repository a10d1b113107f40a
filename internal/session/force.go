package session

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/signal"
)

// Scope is whose sessions an admin ends.
type Scope string

// The scopes.
const (
	OneSession   Scope = "session"
	ADevice      Scope = "device"
	OnePerson    Scope = "account"
	ADepartment  Scope = "department"
	Organisation Scope = "organisation"
)

// Order is an admin's sign-out of others. An admin of an organisation names the
// organisation and reaches only its members; an operator may leave it empty.
type Order struct {
	Scope        Scope
	Organisation string
	Target       string // session, account or department; empty for the organisation itself
	Reason       string // required; told to the person
}

// Force ends the sessions that an order names and counts them. An admin who does not administer
// the organisation, and a target outside it, are answered alike: not found.
func (s *Service) Force(ctx context.Context, by audit.Actor, o Order) (ended int, err error) {
	if err := o.check(); err != nil {
		return 0, err
	}
	var done Ended
	err = s.InTx(ctx, func(tx Tx) error {
		if err := allowed(ctx, tx, by, o.Organisation); err != nil {
			return err
		}
		e, err := o.ending(ctx, tx)
		if err != nil {
			return err
		}
		e.By, e.At = by, s.Now()
		if done, err = s.End(ctx, tx, e); err != nil {
			return err
		}
		return s.tell(ctx, tx, done.Accounts, o.Reason, e.At)
	})
	s.observe(string(o.Scope), err)
	return done.Count, err
}

// ending finds what an order names, and refuses what is outside the
// organisation.
func (o *Order) ending(ctx context.Context, tx Tx) (Ending, error) {
	e := Ending{Scope: o.Scope, Organisation: o.Organisation, Cause: ByAdmin, Reason: o.Reason}
	switch o.Scope {
	case OneSession:
		target, err := tx.Session(ctx, o.Target)
		if err != nil {
			return e, err
		}
		e.Account, e.Target = target.Account, o.Target
		return e, inside(ctx, tx, o.Organisation, e.Account, ErrNoSession())
	case OnePerson:
		e.Account = o.Target
		return e, inside(ctx, tx, o.Organisation, e.Account, identity.ErrNoAccount())
	case ADepartment:
		d, err := tx.Department(ctx, o.Organisation, o.Target)
		e.Target, e.Path = o.Target, d.Path
		return e, err
	}
	return e, nil
}

func (o *Order) check() error {
	bad := fault.Wrong()
	if o.Reason = strings.TrimSpace(o.Reason); o.Reason == "" {
		bad = bad.At("reason", "required")
	}
	if utf8.RuneCountInString(o.Reason) > 500 {
		bad = bad.At("reason", "text_too_long", "max", 500)
	}
	switch o.Scope {
	case OneSession, OnePerson:
		if o.Target == "" {
			bad = bad.At("target", "required")
		}
	case ADepartment:
		if o.Target == "" {
			bad = bad.At("target", "required")
		}
		if o.Organisation == "" {
			bad = bad.At("organisation_id", "required")
		}
	case Organisation:
		if o.Organisation == "" {
			bad = bad.At("organisation_id", "required")
		}
	default:
		bad = bad.At("scope", "scope_unknown")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func allowed(ctx context.Context, tx Tx, by audit.Actor, organisation string) error {
	if organisation != "" {
		if _, err := tx.Organisation(ctx, organisation); err != nil {
			return err
		}
	}
	if by.Kind == "operator" {
		return nil
	}
	yes, err := org.Administers(ctx, tx, organisation, by.ID)
	if err != nil {
		return err
	}
	if !yes {
		return org.ErrNoOrganisation()
	}
	return nil
}

// inside refuses a target that is no member of the organisation.
func inside(ctx context.Context, tx Tx, organisation, account string, none *fault.Error) error {
	if organisation == "" {
		return nil
	}
	m, err := tx.Member(ctx, organisation, account)
	if err != nil {
		return err
	}
	if m.Account == "" {
		return none
	}
	return nil
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
