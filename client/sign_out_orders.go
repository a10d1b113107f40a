package client

import (
	"context"
	"time"
)

// WaitingOrder is a sign-out by order that waits, or waited, for a second person.
type WaitingOrder struct {
	ID             string       `json:"id"`
	Scope          SignOutScope `json:"scope"`
	OrganisationID string       `json:"organisation_id"`
	Target         string       `json:"target"`
	AccountID      string       `json:"account_id"` // where the sessions are one person's
	Reason         string       `json:"reason"`
	OrderedBy      string       `json:"ordered_by"`
	OrderedAt      time.Time    `json:"ordered_at"`
	ExpiresAt      time.Time    `json:"expires_at"` // when it lapses if nobody decides
	State          string       `json:"state"`      // waiting, approved, refused or expired
	DecidedBy      string       `json:"decided_by"`
	DecidedAt      *time.Time   `json:"decided_at"`
	WouldEnd       *Affected    `json:"would_end"` // of SignOutOrder, while it waits
	Ended          *int         `json:"ended"`     // of ApproveSignOut; nil for an organisation
}

// SignOutOrders lists the orders of an organisation that wait or waited, the
// newest first; an operator may leave the organisation empty.
func (c *Client) SignOutOrders(ctx context.Context, organisation string, p Page) (List[WaitingOrder], error) {
	q := p.query()
	if organisation != "" {
		q.Set("organisation_id", organisation)
	}
	return list[WaitingOrder](ctx, c, path("sign-out-orders"), q)
}

// SignOutOrder gives one order with what it would end now. Its code is
// sign_out_order_not_found.
func (c *Client) SignOutOrder(ctx context.Context, id string) (WaitingOrder, error) {
	return get[WaitingOrder](ctx, c, path("sign-out-orders", id), nil)
}

// ApproveSignOut carries out an order that somebody else gave. Codes:
// sign_out_order_not_found, sign_out_order_own, sign_out_order_decided,
// sign_out_order_lapsed, owner_required.
func (c *Client) ApproveSignOut(ctx context.Context, id string) (WaitingOrder, error) {
	return post[WaitingOrder](ctx, c, path("sign-out-orders", id, "approve"), nil)
}

// RefuseSignOut ends an order that somebody else gave; nobody is signed out.
// Codes as for ApproveSignOut.
func (c *Client) RefuseSignOut(ctx context.Context, id string) (WaitingOrder, error) {
	return post[WaitingOrder](ctx, c, path("sign-out-orders", id, "refuse"), nil)
}
