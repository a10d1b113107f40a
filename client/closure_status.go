package client

import (
	"context"
	"net/http"
	"time"
)

// ClosureStatus is what the private link of a closure shows. Times that do not
// apply are nil.
type ClosureStatus struct {
	State        string      `json:"state"`
	Title        string      `json:"title"`
	Message      string      `json:"message"`
	Reason       string      `json:"reason"`
	RequestedAt  time.Time   `json:"requested_at"`
	ReviewDueAt  *time.Time  `json:"review_due_at"`
	CoolingUntil *time.Time  `json:"cooling_until"`
	DaysLeft     *int        `json:"days_left"`
	HoursLeft    *int        `json:"hours_left"`
	CanWithdraw  bool        `json:"can_withdraw"`
	DeadlineAt   *time.Time  `json:"deadline_at"`
	Overdue      bool        `json:"overdue"`
	EndedAt      *time.Time  `json:"ended_at"`
	Certificate  bool        `json:"certificate"` // whether there is one to fetch
	Timeline     []Happening `json:"timeline"`
}

// ClosureStatus shows a closure by the token of its private link; no session is
// needed. Codes: status_link_not_valid.
func (c *Client) ClosureStatus(ctx context.Context, statusToken string) (ClosureStatus, error) {
	return ask[ClosureStatus](ctx, c, call{method: http.MethodGet, path: path("closure-status"), token: statusToken})
}

// WithdrawByLink takes a closure back by its private link. Codes:
// status_link_not_valid, closure_state.
func (c *Client) WithdrawByLink(ctx context.Context, statusToken string) (ClosureStatus, error) {
	return ask[ClosureStatus](ctx, c, call{method: http.MethodPost, path: path("closure-status", "withdraw"), token: statusToken})
}

// CertificateByLink gives the certificate's file by the private link. Codes:
// status_link_not_valid, certificate_not_yet.
func (c *Client) CertificateByLink(ctx context.Context, statusToken string) ([]byte, error) {
	return ask[[]byte](ctx, c, call{method: http.MethodGet, path: path("closure-status", "certificate"), token: statusToken})
}
