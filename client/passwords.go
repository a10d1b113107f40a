package client

import (
	"context"
	"net/http"
	"time"
)

// PasswordChange is another password for the caller.
type PasswordChange struct {
	Old          string `json:"old_password,omitempty"` // left out: the session needs a fresh proof of identity
	New          string `json:"new_password"`
	KeepSessions bool   `json:"keep_sessions,omitempty"` // on other devices; by default they end
}

// RenewedSession is the caller's session under another token.
type RenewedSession struct {
	Token string `json:"token"`
}

// ChangePassword gives the caller another password, and the session another
// token: use WithToken from then on. Codes: credentials_wrong, proof_required,
// too_many_attempts.
func (c *Client) ChangePassword(ctx context.Context, in PasswordChange) (RenewedSession, error) {
	return put[RenewedSession](ctx, c, path("account", "password"), in)
}

// AskPasswordReset sends a link to whoever the name belongs to. A name that
// nobody has is answered alike. Codes: too_many_codes, too_many_attempts.
func (c *Client) AskPasswordReset(ctx context.Context, name string) error {
	return c.tell(ctx, http.MethodPost, path("password-resets"), map[string]string{"name": name})
}

// PasswordReset is a new password, by a link.
type PasswordReset struct {
	Token    string `json:"token"` // what stands behind # in the link
	Password string `json:"password"`
}

// ResetPassword sets a new password by a link, once; all sessions end. Codes:
// code_wrong, account_blocked, account_ending, too_many_attempts.
func (c *Client) ResetPassword(ctx context.Context, in PasswordReset) error {
	return c.tell(ctx, http.MethodPost, path("password-resets", "use"), in)
}

// HandedLink is a link that an operator hands over; it is sent to nobody.
type HandedLink struct {
	Link      string    `json:"link"`
	ExpiresAt time.Time `json:"expires_at"`
}

// MakeResetLink makes a link by which an account's person sets a new password;
// for operators. Codes: account_not_found, account_blocked, account_ending.
func (c *Client) MakeResetLink(ctx context.Context, account string) (HandedLink, error) {
	return post[HandedLink](ctx, c, path("accounts", account, "reset-link"), nil)
}

// MakeRegisterLink makes a link by which one address or number can register,
// even where registration is closed; for operators. Codes: identifier_taken.
func (c *Client) MakeRegisterLink(ctx context.Context, id Identifier) (HandedLink, error) {
	return post[HandedLink](ctx, c, path("registrations", "links"), id)
}
