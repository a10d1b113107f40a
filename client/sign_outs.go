package client

import (
	"context"
	"net/http"
)

// SignOutScope is whose sessions end.
type SignOutScope string

// The scopes. Those of others need an order: a reason, and the organisation
// that an admin acts for.
const (
	OneSession        SignOutScope = "session"
	OneDevice         SignOutScope = "device"
	OtherSessions     SignOutScope = "others"
	AllSessions       SignOutScope = "all"
	OneAccount        SignOutScope = "account"
	OneDepartment     SignOutScope = "department"
	WholeOrganisation SignOutScope = "organisation"
)

// SignOutOrder says whose sessions end, and why.
type SignOutOrder struct {
	Scope          SignOutScope `json:"scope"`
	Target         string       `json:"target,omitempty"` // a session, device, account or department
	OrganisationID string       `json:"organisation_id,omitempty"`
	App            string       `json:"app,omitempty"`     // of others and all: only this app's sessions
	Reason         string       `json:"reason,omitempty"`  // told to the people
	DryRun         bool         `json:"dry_run,omitempty"` // only count
	// Force ends own sessions whatever work apps have in hand. Without it the
	// answer is then work_unsaved, with the work in the Problem, after waiting for
	// it up to WaitSeconds, 25 at most.
	Force       bool `json:"force,omitempty"`
	WaitSeconds int  `json:"wait_seconds,omitempty"`
	// GraceSeconds lets apps save first when others are signed out by order.
	GraceSeconds int `json:"grace_seconds,omitempty"`
}

// SignedOut counts what ended.
type SignedOut struct {
	// Ended is nil for an organisation, where nobody is counted, for a dry run, and
	// while an order waits.
	Ended    *int          `json:"ended"`
	WouldEnd *Affected     `json:"would_end"` // of a dry run
	Order    *WaitingOrder `json:"order"`     // set when a second person must agree first
}

// Affected counts what a sign-out would end.
type Affected struct {
	Sessions int                  `json:"sessions"`
	People   int                  `json:"people"`
	Devices  map[string]KindCount `json:"devices"` // by kind of device
}

// KindCount counts on one kind of device.
type KindCount struct {
	Sessions int `json:"sessions"`
	People   int `json:"people"`
}

// SignOut ends the client's own session. Codes: work_unsaved.
func (c *Client) SignOut(ctx context.Context) error {
	return c.tell(ctx, http.MethodPost, path("sign-outs"), SignOutOrder{Scope: OneSession})
}

// SignOutWith ends the sessions that an order names. Codes: session_not_found,
// device_not_found, account_not_found, department_not_found,
// organisation_not_found, owner_required, work_unsaved.
func (c *Client) SignOutWith(ctx context.Context, o SignOutOrder) (SignedOut, error) {
	return post[SignedOut](ctx, c, path("sign-outs"), o)
}
