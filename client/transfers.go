package client

import (
	"context"
	"net/http"
	"time"
)

// The states of a transfer; all but the first are ends.
const (
	TransferAsked     = "asked"
	TransferAccepted  = "accepted"
	TransferDeclined  = "declined"
	TransferWithdrawn = "withdrawn"
	TransferExpired   = "expired"
)

// Transfer is the hand-over of a role, of offices or of both. Nothing changes
// until the successor accepts.
type Transfer struct {
	ID             string     `json:"id"`
	OrganisationID string     `json:"organisation_id"`
	HolderID       string     `json:"holder_id"`
	SuccessorID    string     `json:"successor_id"`
	Role           string     `json:"role"` // Creator, SuperAdmin, or empty: it stays
	Offices        []string   `json:"offices"`
	State          string     `json:"state"`
	AskedAt        time.Time  `json:"asked_at"`
	ExpiresAt      time.Time  `json:"expires_at"` // until when the successor may answer
	EndedAt        *time.Time `json:"ended_at"`
}

// NewTransfer is what the caller wants to hand over, and to whom.
type NewTransfer struct {
	OrganisationID string   `json:"organisation_id"`
	SuccessorID    string   `json:"successor_id"`
	Role           string   `json:"role,omitempty"`
	Offices        []string `json:"offices,omitempty"`
}

// AskTransfer asks a successor to take over the caller's role or offices. Codes:
// proof_required, organisation_not_found, not_the_holder, transfer_open,
// validation_failed (successor_unknown at successor_id).
func (c *Client) AskTransfer(ctx context.Context, in NewTransfer) (Transfer, error) {
	return create[Transfer](ctx, c, path("account", "role-transfers"), in)
}

// Transfers gives those that the caller has asked for or been asked, the newest
// first.
func (c *Client) Transfers(ctx context.Context) ([]Transfer, error) {
	all, err := list[Transfer](ctx, c, path("account", "role-transfers"), nil)
	return all.Items, err
}

// AcceptTransfer lets the successor take over. Codes: proof_required,
// transfer_not_found, transfer_ended, not_the_holder, organisation_not_found,
// validation_failed.
func (c *Client) AcceptTransfer(ctx context.Context, id string) (Transfer, error) {
	return c.answerTransfer(ctx, id, "accept")
}

// DeclineTransfer lets the successor say no. Codes: transfer_not_found,
// transfer_ended.
func (c *Client) DeclineTransfer(ctx context.Context, id string) (Transfer, error) {
	return c.answerTransfer(ctx, id, "decline")
}

// WithdrawTransfer lets the holder take the question back. Codes:
// transfer_not_found, transfer_ended.
func (c *Client) WithdrawTransfer(ctx context.Context, id string) (Transfer, error) {
	return c.answerTransfer(ctx, id, "withdraw")
}

func (c *Client) answerTransfer(ctx context.Context, id, answer string) (t Transfer, err error) {
	err = c.do(ctx, call{method: http.MethodPost, path: path("account", "role-transfers", id, answer)}, &t)
	return t, err
}
