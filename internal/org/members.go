package org

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// PutMember adds somebody to an organisation, or changes the place of somebody
// who is in it. An admin only changes places, and none above the own. It answers
// last_admin where nobody would be left to administer the organisation.
func (s *Service) PutMember(ctx context.Context, by audit.Actor, m Member) error {
	if err := CheckPlace(m.Role, m.Offices); err != nil {
		return err
	}
	return s.InTx(ctx, func(tx Tx) error {
		// A role is a fact of the account: closures that depend on it wait.
		err := tx.LockAccount(ctx, m.Account)
		if fault.Is(err, "account_not_found") && by.Kind == audit.KindAdmin {
			err = errNoMember()
		}
		if err != nil {
			return err
		}
		if err := tx.LockOrganisation(ctx, m.Organisation); err != nil {
			return err
		}
		if err := mayPlace(ctx, tx, by, m); err != nil {
			return err
		}
		m.JoinedAt = s.Now()
		if err := tx.PutMember(ctx, m); err != nil {
			return err
		}
		return s.note(ctx, tx, by, m.JoinedAt, audit.Entry{Action: "member.put", Organisation: m.Organisation, Account: m.Account,
			Data: map[string]string{"role": m.Role, "offices": strings.Join(m.Offices, ",")}})
	})
}

func mayPlace(ctx context.Context, tx Tx, by audit.Actor, m Member) error {
	if err := MayActOn(ctx, tx, by, m.Organisation, m.Account); err != nil {
		return err
	}
	if err := MustBeOpen(ctx, tx, m.Organisation); err != nil {
		return err
	}
	if err := mayTouch(ctx, tx, by, m.Organisation, m.Role); err != nil {
		return err
	}
	if err := identity.MayBeChanged(ctx, tx, by, m.Account); err != nil {
		return err
	}
	if m.Department != "" {
		if _, err := tx.Department(ctx, m.Organisation, m.Department); err != nil {
			return err
		}
	}
	was, err := tx.Member(ctx, m.Organisation, m.Account)
	if err != nil || !Outranks(was.Role, m.Role) {
		return err
	}
	return keepAdmin(ctx, tx, m.Organisation, m.Account)
}

// Remove takes somebody out of an organisation, in a commit that also decides
// what becomes of the person's sessions. What the organisation's admins had
// ended stays ended. An admin removes nobody who ranks above; nobody removes the
// last creator or super admin (last_admin); whoever leaves by the own will hands
// those two roles over first (handover_required).
func (s *Service) Remove(ctx context.Context, tx Tx, by audit.Actor, organisation, account string, now time.Time) error {
	if err := lockMember(ctx, tx, organisation, account); err != nil {
		return err
	}
	if err := tx.LockOrganisation(ctx, organisation); err != nil {
		return err
	}
	m, err := tx.Member(ctx, organisation, account)
	if err != nil {
		return err
	}
	if m.Account == "" {
		return errNoMember()
	}
	if Owns(m.Role) {
		if by.Kind == audit.KindMember {
			return fault.New(fault.Conflict, "handover_required", "role", m.Role)
		}
		if err := MayActOn(ctx, tx, by, organisation, account); err != nil {
			return err
		}
		if err := keepAdmin(ctx, tx, organisation, account); err != nil {
			return err
		}
	} else if err := Manages(ctx, tx, by, organisation); err != nil {
		return err
	}
	if _, err := tx.DeleteMember(ctx, organisation, account); err != nil {
		return err
	}
	return s.note(ctx, tx, by, now, audit.Entry{Action: "member.removed", Organisation: organisation, Account: account})
}

// CheckPlace refuses roles and offices that there are not.
func CheckPlace(role string, offices []string) error {
	bad := fault.Wrong()
	if !slices.Contains(Roles(), role) {
		bad = bad.At("role", "role_unknown")
	}
	for _, o := range offices {
		if !slices.Contains(Offices(), o) {
			bad = bad.At("offices", "office_unknown")
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}
