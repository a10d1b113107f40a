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
	Device       string `xor:"scope" placeholder:"ID"`
	Account      string `xor:"scope" placeholder:"ACCOUNT"`
	Department   string `xor:"scope" placeholder:"ID"`
	Organisation string `placeholder:"ID"`
	Reason       string
	DryRun       bool
}

type endedView struct {
	Scope session.Scope `json:"scope"`
	// Ended is how many sessions were valid until now; left out for an
	// organisation, where one mark ends them all uncounted.
	Ended *int `json:"ended,omitempty"`
	// Order is the id of an order that waits for a second person.
	Order string `json:"order,omitempty"`
}

type affectedView struct {
	Scope    session.Scope            `json:"scope"`
	Sessions int                      `json:"sessions"`
	People   int                      `json:"people"`
	Devices  map[string]session.Count `json:"devices"`
}

func (c sessionEndCmd) Run(ctx context.Context, e *env) error {
	o := session.Order{Organisation: c.Organisation, Reason: c.Reason}
	switch {
	case c.Session != "":
		o.Scope, o.Target = session.OneSession, c.Session
	case c.Device != "":
		o.Scope, o.Target = session.ADevice, c.Device
	case c.Account != "":
		o.Scope = session.OnePerson
	case c.Department != "":
		o.Scope, o.Target = session.ADepartment, c.Department
	case c.Organisation != "":
		o.Scope = session.Organisation
	default:
		return badUsage(fault.New(fault.Invalid, "usage_missing_flag", "flags", "--session, --device, --account, --department, --organisation"))
	}
	return e.open(ctx, func(a *app.App) error {
		if c.Account != "" {
			who, err := findAccount(ctx, a, c.Account)
			if err != nil {
				return err
			}
			o.Target = who.ID
		}
		if c.DryRun {
			return c.preview(ctx, e, a, o)
		}
		done, err := a.Sessions.Force(ctx, actor(), o)
		if err != nil {
			return err
		}
		switch {
		case done.Waiting != nil:
			return e.done(endedView{Scope: o.Scope, Order: done.Waiting.ID}, "sign_out_waits", "id", done.Waiting.ID, "until", done.Waiting.ExpiresAt)
		case done.Ended == session.Everybody:
			return e.done(endedView{Scope: o.Scope}, "organisation_signed_out")
		}
		return e.done(endedView{Scope: o.Scope, Ended: &done.Ended}, "sessions_ended", "count", done.Ended)
	})
}

// preview only counts.
func (c sessionEndCmd) preview(ctx context.Context, e *env, a *app.App, o session.Order) error {
	would, err := a.Sessions.Preview(ctx, actor(), o)
	if err != nil {
		return err
	}
	v := affectedView{Scope: o.Scope, Sessions: would.Sessions, People: would.People, Devices: would.ByKind}
	return e.done(v, "sessions_would_end", "count", would.Sessions, "people", would.People)
}
