package api

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// asMember is the caller acting on the own account.
func asMember(ctx context.Context) audit.Actor {
	return audit.Actor{Kind: audit.KindMember, ID: caller(ctx).account()}
}

// asOperator is the caller acting as an operator, which admit has checked.
func asOperator(ctx context.Context) audit.Actor {
	return audit.Actor{Kind: audit.KindOperator, ID: caller(ctx).account()}
}

// asReviewer is the caller deciding on a closure.
func asReviewer(ctx context.Context) audit.Actor {
	return audit.Actor{Kind: audit.KindReviewer, ID: caller(ctx).account()}
}

// authority is what a caller may do in one organisation.
type authority struct {
	audit.Actor
}

// manages gives the caller's authority over an organisation. To whoever is not
// in it, it is not there; a member without authority is told so.
func (f *face) manages(ctx context.Context, organisation string) (authority, error) {
	who := caller(ctx)
	operator, err := f.has(ctx, who, identity.Operator)
	if err != nil {
		return authority{}, err
	}
	if operator {
		_, err := f.Orgs.Get(ctx, organisation)
		return authority{Actor: asOperator(ctx)}, err
	}
	m, err := f.membership(ctx, organisation, who.account())
	if err != nil {
		return authority{}, err
	}
	if m.Account == "" {
		return authority{}, org.ErrNoOrganisation()
	}
	admin, err := f.Orgs.Administers(ctx, organisation, who.account())
	if err != nil {
		return authority{}, err
	}
	if !admin {
		return authority{}, fault.New(fault.Forbidden, "admin_required")
	}
	return authority{Actor: audit.Actor{Kind: audit.KindAdmin, ID: who.account()}}, nil
}

// inside gives an organisation to operators and to those who are in it; to
// anybody else it is not there.
func (f *face) inside(ctx context.Context, organisation string) (org.Organisation, error) {
	who := caller(ctx)
	operator, err := f.has(ctx, who, identity.Operator)
	if err != nil {
		return org.Organisation{}, err
	}
	if !operator {
		m, err := f.membership(ctx, organisation, who.account())
		if err != nil {
			return org.Organisation{}, err
		}
		if m.Account == "" {
			return org.Organisation{}, org.ErrNoOrganisation()
		}
	}
	return f.Orgs.Get(ctx, organisation)
}

// membership gives somebody's place in an organisation, the zero one for none.
func (f *face) membership(ctx context.Context, organisation, account string) (org.Member, error) {
	places, err := f.Orgs.Memberships(ctx, account)
	if err != nil {
		return org.Member{}, err
	}
	for _, m := range places {
		if m.Organisation == organisation {
			return m, nil
		}
	}
	return org.Member{}, nil
}

// mustBeMember gives the place of an organisation's member. Whether somebody
// who is none has an account is nothing that its admins could learn.
func (f *face) mustBeMember(ctx context.Context, organisation, account string) (org.Member, error) {
	m, err := f.membership(ctx, organisation, account)
	if err == nil && m.Account == "" {
		err = fault.New(fault.NotFound, "member_not_found")
	}
	return m, err
}
