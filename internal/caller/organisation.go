package caller

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// Manages gives as whom the caller acts on an organisation: as an operator, or as
// one of its admins. To whoever is not in it, it is not there
// (organisation_not_found); a member without authority is told so
// (admin_required).
func (d *Desk) Manages(ctx context.Context, c *Caller, organisation string) (audit.Actor, error) {
	operator, err := d.Has(ctx, c, identity.Operator)
	if err != nil {
		return audit.Actor{}, err
	}
	if operator {
		_, err := d.Orgs.Get(ctx, organisation)
		return c.As(audit.KindOperator), err
	}
	m, err := d.Membership(ctx, organisation, c.Account())
	if err != nil {
		return audit.Actor{}, err
	}
	if m.Account == "" {
		return audit.Actor{}, org.ErrNoOrganisation()
	}
	admin, err := d.Orgs.Administers(ctx, organisation, c.Account())
	if err != nil {
		return audit.Actor{}, err
	}
	if !admin {
		return audit.Actor{}, fault.New(fault.Forbidden, "admin_required")
	}
	return c.As(audit.KindAdmin), nil
}

// Managed gives those of the caller's own organisations that Manages lets act on:
// one that has ended is none, nor is one where the role is resting.
func (d *Desk) Managed(ctx context.Context, c *Caller) (all []org.Organisation, err error) {
	places, err := d.Orgs.Places(ctx, c.Account())
	if err != nil {
		return nil, err
	}
	for _, in := range places {
		if in.Role == org.Ordinary {
			continue
		}
		_, err := d.Manages(ctx, c, in.Org.ID)
		switch {
		case err == nil:
			all = append(all, in.Org)
		case !fault.Is(err, "organisation_not_found") && !fault.Is(err, "admin_required"):
			return nil, err
		}
	}
	return all, nil
}

// Inside gives an organisation to operators and to those who are in it; to
// anybody else it is not there.
func (d *Desk) Inside(ctx context.Context, c *Caller, organisation string) (org.Organisation, error) {
	operator, err := d.Has(ctx, c, identity.Operator)
	if err != nil {
		return org.Organisation{}, err
	}
	if !operator {
		m, err := d.Membership(ctx, organisation, c.Account())
		if err != nil {
			return org.Organisation{}, err
		}
		if m.Account == "" {
			return org.Organisation{}, org.ErrNoOrganisation()
		}
	}
	return d.Orgs.Get(ctx, organisation)
}

// Membership gives somebody's place in an organisation, the zero one for none.
func (d *Desk) Membership(ctx context.Context, organisation, account string) (org.Member, error) {
	places, err := d.Orgs.Memberships(ctx, account)
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

// MustBeMember gives the place of an organisation's member. Whether somebody
// who is none has an account is nothing that its admins could learn.
func (d *Desk) MustBeMember(ctx context.Context, organisation, account string) (org.Member, error) {
	m, err := d.Membership(ctx, organisation, account)
	if err == nil && m.Account == "" {
		err = fault.New(fault.NotFound, "member_not_found")
	}
	return m, err
}
