// Package caller knows who calls. It tells the session, the roles on the
// platform, and the authority over an organisation. Every face asks it, so that
// a page lets nobody do what the API refuses.
package caller

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// Caller is who calls. The zero one is anybody.
type Caller struct {
	Session session.Session
	Token   string // of the session

	roles []string // on the platform; read when first needed
	asked bool     // whether roles were read
}

// Account gives the caller's account id, "" for anybody.
func (c *Caller) Account() string { return c.Session.Account }

// As is the caller acting in one of the kinds of audit.Actor.
func (c *Caller) As(kind string) audit.Actor { return audit.Actor{Kind: kind, ID: c.Account()} }

// Desk answers what callers may do.
type Desk struct {
	Accounts *identity.Service
	Orgs     *org.Service
}

// Has says whether the caller has one of the platform's roles. A request that
// needs none, such as the check of a session, reads none.
func (d *Desk) Has(ctx context.Context, c *Caller, roles ...string) (bool, error) {
	if !c.asked {
		var err error
		if c.roles, err = d.Accounts.Grants(ctx, c.Account()); err != nil {
			return false, err
		}
		c.asked = true
	}
	return slices.ContainsFunc(c.roles, func(r string) bool { return slices.Contains(roles, r) }), nil
}

// MustHave is Has as a refusal, role_required. It tells nothing: it comes before
// anything is looked up, and what there is to do is public.
func (d *Desk) MustHave(ctx context.Context, c *Caller, roles ...string) error {
	yes, err := d.Has(ctx, c, roles...)
	if err == nil && !yes {
		err = fault.New(fault.Forbidden, "role_required", "roles", roles)
	}
	return err
}
