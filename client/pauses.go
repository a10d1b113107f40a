package client

import (
	"context"
	"net/http"
	"time"
)

// NewPause says how long an account is to rest.
type NewPause struct {
	Until *time.Time `json:"until,omitempty"` // nil: until somebody resumes it
}

// Pause is a pause that has begun.
type Pause struct {
	PausedAt time.Time  `json:"paused_at"`
	Until    *time.Time `json:"until"`
}

// SentLink says until when a link would hold.
type SentLink struct {
	ExpiresAt time.Time `json:"expires_at"`
	NextAt    time.Time `json:"next_at"` // before then another one is refused
}

// PauseOwnAccount lets the caller's account rest: its sessions end, the client's
// own too. It needs a fresh proof of identity. Codes: proof_required,
// closure_open, last_admin.
func (c *Client) PauseOwnAccount(ctx context.Context, p NewPause) (Pause, error) {
	return post[Pause](ctx, c, path("account", "pause"), p)
}

// PauseAccount lets anybody's account rest; for operators. Codes:
// account_not_found, account_paused, account_ending, closure_open, last_admin.
func (c *Client) PauseAccount(ctx context.Context, account string, p NewPause) (Pause, error) {
	return put[Pause](ctx, c, path("accounts", account, "pause"), p)
}

// ResumeAccount ends anybody's pause; for operators. Codes: account_not_found,
// account_not_paused.
func (c *Client) ResumeAccount(ctx context.Context, account string) error {
	return c.tell(ctx, http.MethodDelete, path("accounts", account, "pause"), nil)
}

// SendResumeLink mails the link that ends a pause to the paused account of a
// name. Whether there is one, the answer does not tell. Codes: too_many_codes.
func (c *Client) SendResumeLink(ctx context.Context, name string) (SentLink, error) {
	return post[SentLink](ctx, c, path("account", "resume-links"), map[string]string{"name": name})
}

// ResumeByLink ends the pause that a link was mailed for; token is what stands
// behind its #. It signs nobody in. Codes: code_wrong, account_blocked,
// account_not_paused.
func (c *Client) ResumeByLink(ctx context.Context, token string) error {
	return c.tell(ctx, http.MethodPost, path("account", "resume"), map[string]string{"token": token})
}
