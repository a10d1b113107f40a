package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// sessionEndCmd ends one session, or those of a person, a department or a whole
// organisation.
type sessionEndCmd struct {
	Session      string `xor:"scope" placeholder:"ID"`
	Account      string `xor:"scope" placeholder:"ACCOUNT"`
	Department   string `xor:"scope" placeholder:"ID"`
	Organisation string `placeholder:"ID"`
	Reason       string `required:""`
}

type endedView struct {
	Scope session.Scope `json:"scope"`
	// Ended is how many sessions were valid until now; left out for an
	// organisation, where one mark ends them all uncounted.
	Ended *int `json:"ended,omitempty"`
}

func (c sessionEndCmd) Run(ctx context.Context, e *env) error {
	o := session.Order{Organisation: c.Organisation, Reason: c.Reason}
	switch {
	case c.Session != "":
		o.Scope, o.Target = session.OneSession, c.Session
	case c.Account != "":
		o.Scope = session.OnePerson
	case c.Department != "":
		o.Scope, o.Target = session.ADepartment, c.Department
	case c.Organisation != "":
		o.Scope = session.Organisation
	default:
		return badUsage(fault.New(fault.Invalid, "usage_missing_flag", "flags", "--session, --account, --department, --organisation"))
	}
	return e.open(ctx, func(a *app.App) error {
		if c.Account != "" {
			who, err := findAccount(ctx, a, c.Account)
			if err != nil {
				return err
			}
			o.Target = who.ID
		}
		n, err := a.Sessions.Force(ctx, actor(), o)
		if err != nil {
			return err
		}
		if n == session.Everybody {
			return e.done(endedView{Scope: o.Scope}, "organisation_signed_out")
		}
		return e.done(endedView{o.Scope, &n}, "sessions_ended", "count", n)
	})
}
