package org

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Owns says whether a role is one of the two highest, which only those who have
// one of them may give, change and take.
func Owns(role string) bool { return role == Creator || role == SuperAdmin }

// Outranks says whether a role stands above another one: an admin acts on nobody
// who outranks it.
func Outranks(role, other string) bool { return Owns(role) && !Owns(other) }

// Administers says whether an account may act as an admin of an organisation.
func Administers(ctx context.Context, tx MemberTx, organisation, account string) (bool, error) {
	m, err := tx.Member(ctx, organisation, account)
	if err != nil {
		return false, err
	}
	return slices.Contains([]string{Creator, SuperAdmin, Admin}, m.Role), nil
}

// Manages refuses, inside the commit that it is asked for, an admin who is none
// (any more) of the organisation: to that one it is not there. Only admins are
// asked; operators manage every organisation.
func Manages(ctx context.Context, tx MemberTx, by audit.Actor, organisation string) error {
	if by.Kind != audit.KindAdmin {
		return nil
	}
	yes, err := Administers(ctx, tx, organisation, by.ID)
	if err == nil && !yes {
		err = ErrNoOrganisation()
	}
	return err
}

// held is Manages under the organisation's lock: whoever takes the admin's role
// away waits for this commit, or is seen by it.
func held(ctx context.Context, tx Tx, by audit.Actor, organisation string) error {
	if by.Kind != audit.KindAdmin {
		return nil
	}
	if err := tx.LockOrganisation(ctx, organisation); err != nil {
		return err
	}
	return Manages(ctx, tx, by, organisation)
}

// MayActOn refuses, inside the commit that it is asked for, what an admin may not
// do to somebody: who is no member is answered by member_not_found, who outranks
// the admin by owner_required. Operators may act on everybody.
func MayActOn(ctx context.Context, tx MemberTx, by audit.Actor, organisation, target string) error {
	if by.Kind != audit.KindAdmin {
		return nil
	}
	if err := Manages(ctx, tx, by, organisation); err != nil {
		return err
	}
	m, err := tx.Member(ctx, organisation, target)
	if err != nil {
		return err
	}
	if m.Account == "" {
		return errNoMember()
	}
	return mayTouch(ctx, tx, by, organisation, m.Role)
}

// mayTouch refuses to give, change or take a role to an admin whom it outranks.
func mayTouch(ctx context.Context, tx MemberTx, by audit.Actor, organisation, role string) error {
	if by.Kind != audit.KindAdmin {
		return nil
	}
	acting, err := tx.Member(ctx, organisation, by.ID)
	if err == nil && Outranks(role, acting.Role) {
		err = fault.New(fault.Forbidden, "owner_required")
	}
	return err
}

func errNoMember() *fault.Error { return fault.New(fault.NotFound, "member_not_found") }
