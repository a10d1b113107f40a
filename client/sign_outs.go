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
	OtherSessions     SignOutScope = "others"
	AllSessions       SignOutScope = "all"
	OneAccount        SignOutScope = "account"
	OneDepartment     SignOutScope = "department"
	WholeOrganisation SignOutScope = "organisation"
)

// SignOutOrder says whose sessions end, and why.
type SignOutOrder struct {
	Scope          SignOutScope `json:"scope"`
	Target         string       `json:"target,omitempty"` // a session, account or department
	OrganisationID string       `json:"organisation_id,omitempty"`
	App            string       `json:"app,omitempty"`    // of others and all: only this app's sessions
	Reason         string       `json:"reason,omitempty"` // told to the people
}

// SignedOut counts what ended.
type SignedOut struct {
	// Ended is nil for an organisation, where nobody is counted.
	Ended *int `json:"ended"`
}

// SignOut ends the client's own session.
func (c *Client) SignOut(ctx context.Context) error {
	return c.tell(ctx, http.MethodPost, path("sign-outs"), SignOutOrder{Scope: OneSession})
}

// SignOutWith ends the sessions that an order names. Codes: session_not_found,
// account_not_found, department_not_found, organisation_not_found.
func (c *Client) SignOutWith(ctx context.Context, o SignOutOrder) (SignedOut, error) {
	return post[SignedOut](ctx, c, path("sign-outs"), o)
}
