package client

import (
	"context"
	"net/http"
	"time"
)

// SentCode tells of a code that is on its way.
type SentCode struct {
	ExpiresAt time.Time `json:"expires_at"`
	NextAt    time.Time `json:"next_at"` // before then another one is refused
}

// BeginRegistration sends a code to an e-mail address or number. One that is
// taken is answered alike. Codes: registration_closed, too_many_codes,
// too_many_attempts.
func (c *Client) BeginRegistration(ctx context.Context, id Identifier) (SentCode, error) {
	return post[SentCode](ctx, c, path("registrations"), id)
}

// NewRegistration is what a person's account begins with.
type NewRegistration struct {
	Kind     string `json:"kind"`
	Value    string `json:"value"`
	Code     string `json:"code,omitempty"`  // as sent to it; or
	Token    string `json:"token,omitempty"` // what stands behind # in an operator's link
	Name     string `json:"name,omitempty"`
	Locale   string `json:"locale,omitempty"`
	Password string `json:"password"`
}

// Register makes the account. Codes: code_wrong, registration_closed,
// too_many_attempts.
func (c *Client) Register(ctx context.Context, in NewRegistration) (Account, error) {
	return post[Account](ctx, c, path("registrations", "complete"), in)
}

// AddOwnIdentifier sends a code to an address or number that the caller wants to
// sign in with. Codes: proof_required, too_many_codes.
func (c *Client) AddOwnIdentifier(ctx context.Context, id Identifier) (SentCode, error) {
	return post[SentCode](ctx, c, path("account", "identifiers"), id)
}

// Verification is an identifier with the code that was sent to it.
type Verification struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Code  string `json:"code"`
}

// VerifyOwnIdentifier takes the code, and with it the identifier. Codes:
// code_wrong, too_many_attempts.
func (c *Client) VerifyOwnIdentifier(ctx context.Context, in Verification) error {
	return c.tell(ctx, http.MethodPost, path("account", "identifiers", "verify"), in)
}

// RemoveOwnIdentifier takes one of the caller's names away. Codes:
// proof_required, identifier_not_found, identifier_last.
func (c *Client) RemoveOwnIdentifier(ctx context.Context, id Identifier) error {
	return c.tell(ctx, http.MethodPost, path("account", "identifiers", "remove"), id)
}

// VerifyIdentifier notes that a name is the account's own; for operators. Codes:
// account_not_found, identifier_not_found.
func (c *Client) VerifyIdentifier(ctx context.Context, account string, id Identifier) error {
	return c.tell(ctx, http.MethodPost, path("accounts", account, "identifiers", "verify"), id)
}
