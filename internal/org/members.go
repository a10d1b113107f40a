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
// who is in it.
func (s *Service) PutMember(ctx context.Context, by audit.Actor, m Member) error {
	if err := checkMember(m); err != nil {
		return err
	}
	return s.InTx(ctx, func(tx Tx) error {
		// A role is a fact of the account: closures that depend on it wait.
		if err := tx.LockAccount(ctx, m.Account); err != nil {
			return err
		}
		a, err := tx.Account(ctx, m.Account)
		if err != nil {
			return err
		}
		if a.State != identity.Active {
			return fault.New(fault.Conflict, "account_ending")
		}
		if _, err := tx.Organisation(ctx, m.Organisation); err != nil {
			return err
		}
		if m.Department != "" {
			if _, err := tx.Department(ctx, m.Organisation, m.Department); err != nil {
				return err
			}
		}
		m.JoinedAt = s.Now()
		if err := tx.PutMember(ctx, m); err != nil {
			return err
		}
		return s.note(ctx, tx, by, m.JoinedAt, audit.Entry{Action: "member.put", Organisation: m.Organisation, Account: m.Account,
			Data: map[string]string{"role": m.Role, "offices": strings.Join(m.Offices, ",")}})
	})
}

// Remove takes somebody out of an organisation, in a commit that also decides
// what becomes of the person's sessions. What the organisation's admins had
// ended stays ended.
func (s *Service) Remove(ctx context.Context, tx Tx, by audit.Actor, organisation, account string, now time.Time) error {
	if err := lockMember(ctx, tx, organisation, account); err != nil {
		return err
	}
	if _, err := tx.DeleteMember(ctx, organisation, account); err != nil {
		return err
	}
	return s.note(ctx, tx, by, now, audit.Entry{Action: "member.removed", Organisation: organisation, Account: account})
}

func checkMember(m Member) error {
	bad := fault.Wrong()
	if !slices.Contains([]string{Creator, SuperAdmin, Admin, Ordinary}, m.Role) {
		bad = bad.At("role", "role_unknown")
	}
	for _, o := range m.Offices {
		if !slices.Contains([]string{LegalRepresentative, FinanceOfficer}, o) {
			bad = bad.At("offices", "office_unknown")
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Administers says whether an account may act as an admin of an organisation.
func Administers(ctx context.Context, tx MemberTx, organisation, account string) (bool, error) {
	m, err := tx.Member(ctx, organisation, account)
	if err != nil {
		return false, err
	}
	return slices.Contains([]string{Creator, SuperAdmin, Admin}, m.Role), nil
}
