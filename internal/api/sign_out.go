package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// The scopes of a sign-out that only a person's own sessions have; the others
// are session.Scope's.
const (
	scopeOthers = "others"
	scopeAll    = "all"
)

// newSignOut says whose sessions end. With a reason, or for others than
// oneself, it is an order by an admin or an operator.
type newSignOut struct {
	Scope          string `json:"scope" enum:"session,device,others,all,account,department,organisation"`
	Target         string `json:"target,omitempty" maxLength:"64" doc:"The session, device, account or department. An own session or device may be left out: the current one."`
	OrganisationID string `json:"organisation_id,omitempty" maxLength:"64" doc:"The organisation that an admin acts for. Operators may leave it out where the scope does not need it."`
	App            string `json:"app,omitempty" maxLength:"100" doc:"With others or all: only the sessions of this app. Empty: the whole platform."`
	Reason         string `json:"reason,omitempty" doc:"Why, told to the people signed out. Required for an order."`
	DryRun         bool   `json:"dry_run,omitempty" doc:"Only count what would end; nothing changes. Needs no reason."`
	Force          bool   `json:"force,omitempty" doc:"Of own sessions: whatever work apps have in hand."`
	WaitSeconds    int    `json:"wait_seconds,omitempty" minimum:"0" maximum:"25" doc:"Of own sessions: how long to wait for work in hand before answering work_unsaved."`
	GraceSeconds   int    `json:"grace_seconds,omitempty" minimum:"0" maximum:"600" doc:"Of an order: how long apps with work in hand may save first. Their sessions end then, or when the work is done, and are not counted."`
}

// signedOut counts what ended.
type signedOut struct {
	Ended    *int          `json:"ended" nullable:"true" doc:"How many sessions ended; null for an organisation, where nobody is counted, for a dry run, and while an order waits."`
	WouldEnd *affected     `json:"would_end,omitempty" doc:"With dry_run: what would end."`
	Order    *waitingOrder `json:"order,omitempty" doc:"With status 202: the order waits for a second admin or operator."`
}

// affected counts sessions and people.
type affected struct {
	Sessions int                  `json:"sessions"`
	People   int                  `json:"people"`
	Devices  map[string]kindCount `json:"devices" doc:"By kind of device."`
}

type kindCount struct {
	Sessions int `json:"sessions"`
	People   int `json:"people"`
}

func shapeAffected(a session.Affected) *affected {
	out := &affected{Sessions: a.Sessions, People: a.People, Devices: map[string]kindCount{}}
	for kind, n := range a.ByKind {
		out.Devices[kind] = kindCount(n)
	}
	return out
}

// signOutAnswer is 200, or 202 for an order that waits.
type signOutAnswer struct {
	Status int
	Body   signedOut
}

// order says whether this ends the sessions of others.
func (n newSignOut) order() bool {
	own := []string{scopeOthers, scopeAll, string(session.OneSession), string(session.ADevice)}
	return n.OrganisationID != "" || n.Reason != "" || n.GraceSeconds != 0 || !slices.Contains(own, n.Scope)
}

// signOut ends sessions: the caller's own, or by order.
func (f *face) signOut() {
	register(f, operation{
		ID: "sign-out", Method: http.MethodPost, Path: "/v1/sign-outs", Tag: tagSessions, Access: everyAccount(), Also: http.StatusAccepted,
		Problems: map[int][]string{http.StatusForbidden: {"owner_required"}, http.StatusConflict: {"work_unsaved"}, http.StatusNotFound: {"session_not_found", "device_not_found",
			"account_not_found", "department_not_found", "organisation_not_found"}},
	}, func(ctx context.Context, in *struct{ Body newSignOut }) (*signOutAnswer, error) {
		end := f.endOwn
		if in.Body.order() {
			end = f.endByOrder
		}
		out := &signOutAnswer{Status: http.StatusOK}
		var err error
		if out.Body, err = end(ctx, in.Body); err != nil {
			return nil, err
		}
		if out.Body.Order != nil {
			out.Status = http.StatusAccepted
		}
		return out, nil
	})
}

func (f *face) endOwn(ctx context.Context, in newSignOut) (out signedOut, err error) {
	o, err := own(ctx, in)
	if err != nil {
		return out, err
	}
	account := principalOf(ctx).Account()
	if in.DryRun {
		would, err := f.Sessions.PreviewOwn(ctx, account, o)
		out.WouldEnd = shapeAffected(would)
		return out, err
	}
	o.Force = in.Force
	err = f.patiently(ctx, in.WaitSeconds, o.Whose(account), func() error {
		n, err := f.Sessions.SignOutOwn(ctx, account, o)
		out.Ended = &n
		return err
	})
	return out, err
}

// own reads which of the caller's sessions are meant.
func own(ctx context.Context, in newSignOut) (o session.Own, err error) {
	who := principalOf(ctx)
	one := in.Scope == string(session.OneSession) || in.Scope == string(session.ADevice)
	switch {
	case one && in.App != "":
		return o, fault.Wrong().At("app", "field_not_used", "scope", in.Scope)
	case !one && in.Target != "":
		return o, fault.Wrong().At("target", "field_not_used", "scope", in.Scope)
	}
	switch in.Scope {
	case string(session.OneSession):
		if o.Session = in.Target; o.Session == "" {
			o.Session = who.Session.ID
		}
	case string(session.ADevice):
		if o.Device = in.Target; o.Device == "" {
			o.Device = who.Session.Device.ID
		}
	case scopeOthers:
		o.Except, o.App = who.Session.ID, in.App
	default:
		o.App = in.App
	}
	return o, nil
}

// endByOrder leaves the check against the organisation to the commit that ends
// the sessions.
func (f *face) endByOrder(ctx context.Context, in newSignOut) (out signedOut, err error) {
	if in.Scope == scopeOthers || in.Scope == scopeAll {
		return out, unused(in)
	}
	by, err := f.commander(ctx)
	if err != nil {
		return out, err
	}
	if by.Kind != audit.KindOperator && in.OrganisationID == "" {
		return out, fault.Wrong().At("organisation_id", "required")
	}
	order := session.Order{Scope: session.Scope(in.Scope), Organisation: in.OrganisationID, Target: in.Target, Reason: in.Reason,
		Grace: time.Duration(in.GraceSeconds) * time.Second}
	if in.DryRun {
		would, err := f.Sessions.Preview(ctx, by, order)
		out.WouldEnd = shapeAffected(would)
		return out, err
	}
	done, err := f.Sessions.Force(ctx, by, order)
	switch {
	case err != nil:
	case done.Waiting != nil:
		w := shapeOrder(*done.Waiting)
		out.Order = &w
	case done.Ended != session.Everybody:
		out.Ended = &done.Ended
	}
	return out, err
}

// commander is the caller giving orders; see caller.Desk.
func (f *face) commander(ctx context.Context) (audit.Actor, error) {
	return f.desk.Commander(ctx, &principalOf(ctx).Caller)
}

// unused names what the scopes of one's own sessions have no use for.
func unused(in newSignOut) error {
	bad := fault.Wrong()
	if in.OrganisationID != "" {
		bad = bad.At("organisation_id", "field_not_used", "scope", in.Scope)
	}
	if in.GraceSeconds != 0 {
		bad = bad.At("grace_seconds", "field_not_used", "scope", in.Scope)
	}
	if in.Reason != "" {
		bad = bad.At("reason", "field_not_used", "scope", in.Scope)
	}
	return bad
}
