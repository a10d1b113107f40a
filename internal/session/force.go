package session

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/signal"
)

// Scope is whose sessions an admin ends.
type Scope string

// The scopes.
const (
	OneSession   Scope = "session"
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

// Everybody is the count of an organisation's sign-out: one mark was raised, and
// nobody counted whom it ended.
const Everybody = -1

// Force ends the sessions that an order names and counts them. An admin who does not administer
// the organisation, and a target outside it, are answered alike: not found.
func (s *Service) Force(ctx context.Context, by audit.Actor, o Order) (ended int, err error) {
	if err := o.check(); err != nil {
		return 0, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		if err := allowed(ctx, tx, by, o.Organisation); err != nil {
			return err
		}
		now := s.Now()
		e := Ending{At: now, Cause: ByAdmin, By: by.ID, Reason: o.Reason}
		var told []string
		switch o.Scope {
		case OneSession:
			ended, told, err = s.forceSession(ctx, tx, o, e)
		case OnePerson:
			ended, told, err = s.forcePerson(ctx, tx, o, e)
		case ADepartment:
			ended, told, err = s.forceDepartment(ctx, tx, o, e)
		case Organisation:
			// One write: nobody is counted or told one by one.
			ended, err = Everybody, tx.RaiseOrganisation(ctx, o.Organisation, now)
		}
		if err != nil {
			return err
		}
		if err := s.tell(ctx, tx, told, o.Reason, now); err != nil {
			return err
		}
		return s.note(ctx, tx, now, by, audit.Entry{Action: "sessions.forced", Organisation: o.Organisation, Object: string(o.Scope) + ":" + o.Target}, ended)
	})
	s.observe(string(o.Scope), err)
	return ended, err
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

func (s *Service) forceSession(ctx context.Context, tx Tx, o Order, e Ending) (int, []string, error) {
	target, err := tx.Session(ctx, o.Target)
	if err != nil {
		return 0, nil, err
	}
	if err := inside(ctx, tx, o.Organisation, target.Account, ErrNoSession()); err != nil {
		return 0, nil, err
	}
	n, err := tx.EndSession(ctx, o.Target, e)
	return n, whom(n, target.Account), err
}

func (s *Service) forcePerson(ctx context.Context, tx Tx, o Order, e Ending) (int, []string, error) {
	none := fault.New(fault.NotFound, "account_not_found")
	if err := inside(ctx, tx, o.Organisation, o.Target, none); err != nil {
		return 0, nil, err
	}
	n, err := EndAll(ctx, tx, o.Target, "", e)
	return n, whom(n, o.Target), err
}

func (s *Service) forceDepartment(ctx context.Context, tx Tx, o Order, e Ending) (int, []string, error) {
	d, err := tx.Department(ctx, o.Organisation, o.Target)
	if err != nil {
		return 0, nil, err
	}
	told, err := tx.AffectedBy(ctx, o.Organisation, d.Path, e.At)
	if err != nil {
		return 0, nil, err
	}
	n, err := tx.EndDepartment(ctx, o.Organisation, d.Path, e)
	return n, told, err
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

func whom(ended int, account string) []string {
	if ended == 0 {
		return nil
	}
	return []string{account}
}

// tell puts a notice to each person into the outbox.
func (s *Service) tell(ctx context.Context, tx Tx, accounts []string, reason string, now time.Time) error {
	for _, id := range accounts {
		a, err := tx.Account(ctx, id)
		if err != nil {
			return err
		}
		err = tx.EnqueueNotice(ctx, signal.Notice{ID: s.NewID(), Account: id, Kind: signal.SessionsEndedByAdmin,
			Locale: a.Locale, Address: a.Address(), Args: map[string]string{"reason": reason}, CreatedAt: now})
		if err != nil {
			return err
		}
	}
	return nil
}
