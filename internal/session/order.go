package session

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
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
	Target       string        // session, device, account or department; empty for the organisation itself
	Reason       string        // required; told to the person
	Grace        time.Duration // how long apps with work in hand may save first
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
	case OneSession, ADevice, OnePerson, ADepartment:
		if o.Target == "" {
			bad = bad.At("target", "required")
		}
	case Organisation:
	default:
		bad = bad.At("scope", "scope_unknown")
	}
	if (o.Scope == ADepartment || o.Scope == Organisation) && o.Organisation == "" {
		bad = bad.At("organisation_id", "required")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// ErrNoDevice answers for a device on which nobody is signed in, or nobody that
// the caller may know of.
func ErrNoDevice() *fault.Error { return fault.New(fault.NotFound, "device_not_found") }

// ending finds what an order names, and refuses what is outside the organisation
// and who is above the one that gives it.
func (o *Order) ending(ctx context.Context, tx Tx, by audit.Actor) (Ending, error) {
	e := Ending{Scope: o.Scope, Organisation: o.Organisation, Target: o.Target, Cause: ByAdmin, Reason: o.Reason, By: by}
	if err := allowed(ctx, tx, by, o.Organisation); err != nil {
		return e, err
	}
	switch o.Scope {
	case OneSession:
		target, err := tx.Session(ctx, o.Target)
		if err != nil {
			return e, err
		}
		e.Account = target.Account
		return e, o.reach(ctx, tx, by, e.Account, ErrNoSession())
	case ADevice:
		owner, err := tx.DeviceOwner(ctx, o.Target)
		if err != nil {
			return e, err
		}
		if owner == "" {
			return e, ErrNoDevice()
		}
		e.Account = owner
		return e, o.reach(ctx, tx, by, owner, ErrNoDevice())
	case OnePerson:
		e.Account, e.Target = o.Target, ""
		return e, o.reach(ctx, tx, by, e.Account, identity.ErrNoAccount())
	case ADepartment:
		d, err := tx.Department(ctx, o.Organisation, o.Target)
		if err != nil {
			return e, err
		}
		e.Path = d.Path
		owns, err := ownsIt(ctx, tx, by, o.Organisation)
		e.SpareOwners = !owns
		return e, err
	}
	owns, err := ownsIt(ctx, tx, by, o.Organisation)
	if err == nil && !owns {
		err = fault.New(fault.Forbidden, "owner_required")
	}
	return e, err
}

// reach refuses a target that is no member of the organisation, and one that
// outranks the admin.
func (o *Order) reach(ctx context.Context, tx Tx, by audit.Actor, account string, none *fault.Error) error {
	if o.Organisation == "" {
		return nil
	}
	m, err := tx.Member(ctx, o.Organisation, account)
	if err != nil {
		return err
	}
	if m.Account == "" {
		return none
	}
	if account == by.ID {
		return nil
	}
	return org.MayActOn(ctx, tx, by, o.Organisation, account)
}

// ownsIt says whether somebody may act on everybody in an organisation.
func ownsIt(ctx context.Context, tx Tx, by audit.Actor, organisation string) (bool, error) {
	if by.Kind == audit.KindOperator {
		return true, nil
	}
	m, err := tx.Member(ctx, organisation, by.ID)
	return org.Owns(m.Role), err
}

func allowed(ctx context.Context, tx Tx, by audit.Actor, organisation string) error {
	if organisation != "" {
		if _, err := tx.Organisation(ctx, organisation); err != nil {
			return err
		}
	}
	if by.Kind == audit.KindOperator {
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
