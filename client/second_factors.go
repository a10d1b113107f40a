package client

import (
	"context"
	"encoding/json"
	"time"
)

// SecondFactor is the first half of a sign-in.
type SecondFactor struct {
	Token     string          `json:"token"` // for the second half
	ExpiresAt time.Time       `json:"expires_at"`
	Methods   []string        `json:"methods"`    // any one of them: totp, passkey, recovery_code
	PublicKey json.RawMessage `json:"public_key"` // what to ask a passkey, for navigator.credentials.get
}

// NewSecondFactor is the second half: the token of the first, and one of the
// others.
type NewSecondFactor struct {
	Token        string          `json:"token"`
	Code         string          `json:"code,omitempty"`
	RecoveryCode string          `json:"recovery_code,omitempty"`
	Passkey      json.RawMessage `json:"passkey,omitempty"`
}

// CompleteSignIn shows a second factor. Codes: step_not_valid, code_wrong,
// passkey_wrong, too_many_attempts, and those of SignIn.
func (c *Client) CompleteSignIn(ctx context.Context, in NewSecondFactor) (StartedSession, error) {
	return post[StartedSession](ctx, c, path("sessions", "second-factor"), in)
}

// AskAnyPasskey asks whoever is there for a passkey, instead of a name and a
// password.
func (c *Client) AskAnyPasskey(ctx context.Context) (Question, error) {
	return post[Question](ctx, c, path("sessions", "passkey", "question"), nil)
}

// PasskeySession is who signs in by a passkey alone, on what.
type PasskeySession struct {
	Token   string          `json:"token"` // of the question
	Passkey json.RawMessage `json:"passkey"`
	Device  Device          `json:"device"`
	App     string          `json:"app"`
	Resume  bool            `json:"resume,omitempty"` // ends a pause
}

// SignInByPasskey starts a session for whoever the passkey belongs to. Codes:
// step_not_valid, passkey_wrong, too_many_attempts, and those of SignIn.
func (c *Client) SignInByPasskey(ctx context.Context, in PasskeySession) (StartedSession, error) {
	return post[StartedSession](ctx, c, path("sessions", "passkey"), in)
}

// SendProofCode sends a code for ProveIdentity. Codes: proof_method_unavailable,
// too_many_codes.
func (c *Client) SendProofCode(ctx context.Context) (SentCode, error) {
	return post[SentCode](ctx, c, path("session", "proof", "code"), nil)
}

// AskPasskey asks one of the caller's passkeys, for ProveIdentity.
func (c *Client) AskPasskey(ctx context.Context) (Question, error) {
	return post[Question](ctx, c, path("session", "proof", "passkey"), nil)
}
