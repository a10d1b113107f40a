package client

import (
	"context"
	"net/http"
	"time"
)

// Profile is an account with everything that may stand in the way of its end.
type Profile struct {
	Account      Account       `json:"account"`
	Memberships  []Membership  `json:"memberships"`
	Bindings     []Binding     `json:"bindings"`
	Arrears      []Arrear      `json:"arrears"`
	Todos        []Todo        `json:"todos"` // the open ones
	Attestations []Attestation `json:"attestations"`
	Grants       []string      `json:"grants"` // roles on the platform
	// PasswordOldSince reminds of a password that is old; nil without a reminder.
	PasswordOldSince *time.Time `json:"password_old_since"`
}

// OwnAccount gives the caller's profile.
func (c *Client) OwnAccount(ctx context.Context) (Profile, error) {
	return get[Profile](ctx, c, path("account"), nil)
}

// ReleaseOwnBinding ends the caller's link to an outside service. Codes:
// binding_not_found.
func (c *Client) ReleaseOwnBinding(ctx context.Context, binding string) error {
	return c.tell(ctx, http.MethodDelete, path("account", "bindings", binding), nil)
}

// CompleteOwnTodo marks a to-do or an approval of the caller as done. Codes:
// todo_not_found.
func (c *Client) CompleteOwnTodo(ctx context.Context, todo string) error {
	return c.tell(ctx, http.MethodPost, path("account", "todos", todo, "complete"), nil)
}

// LeaveOrganisation takes the caller out of an organisation. Codes:
// organisation_not_found, handover_required.
func (c *Client) LeaveOrganisation(ctx context.Context, organisation string) error {
	return c.tell(ctx, http.MethodDelete, path("account", "memberships", organisation), nil)
}
