package client

import (
	"context"
	"encoding/json"
	"time"
)

// The kinds of devices.
const (
	Desktop = "desktop"
	Phone   = "phone"
	Tablet  = "tablet"
)

// Device is what a person signs in on. All parts may be left out: what is
// missing is guessed from the request's headers.
type Device struct {
	Kind   string `json:"kind,omitempty"`
	Name   string `json:"name,omitempty"`
	System string `json:"system,omitempty"` // "Windows 11"
	Client string `json:"client,omitempty"` // the browser or native program
	// Key is what one installation of a browser or app knows itself by: random,
	// kept by the client, told at every sign-in and never told back. Sign-ins with
	// the same key are one device.
	Key string `json:"key,omitempty"`
}

// SessionDevice is the device of a session. Its id is the same for all sessions
// of an account with the same key.
type SessionDevice struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	System string `json:"system"`
	Client string `json:"client"`
}

// Session is one sign-in, as its owner sees it.
type Session struct {
	ID        string        `json:"id"`
	Device    SessionDevice `json:"device"`
	App       string        `json:"app"`
	Place     string        `json:"place"` // where the sign-in came from; empty where nobody knows
	CreatedAt time.Time     `json:"created_at"`
	ExpiresAt time.Time     `json:"expires_at"`
	ActiveAt  time.Time     `json:"active_at"` // when it was last used, half a minute late
	ProvedAt  time.Time     `json:"proved_at"` // when the person last proved who it is on this session
	Current   bool          `json:"current"`   // whether the client's token is this session's
}

// NewSession is who signs in, on what.
type NewSession struct {
	Name     string `json:"name"` // mobile number, e-mail address or user name
	Password string `json:"password"`
	Device   Device `json:"device"`
	App      string `json:"app"`
	// Resume ends the account's pause, where it is paused.
	Resume bool `json:"resume,omitempty"`
}

// StartedSession is a session with its token, which is told this once; or, with
// SecondFactor set, what is still to be shown before there is one.
type StartedSession struct {
	Token   string  `json:"token"`
	Session Session `json:"session"`
	// SecondFactor is set when one is asked for: go on with CompleteSignIn.
	SecondFactor *SecondFactor `json:"second_factor"`
	// PasswordOldSince reminds of a password that is old; nil without a reminder.
	PasswordOldSince *time.Time `json:"password_old_since"`
	// WithdrewClosure is set when this sign-in has withdrawn a closure.
	WithdrewClosure *WithdrawnClosure `json:"withdrew_closure"`
	ResumeState     *StateNote        `json:"resume_state"` // what the app has stored to come back to, or nil
	Resumed         bool              `json:"resumed"`      // whether this sign-in has ended a pause
}

// WithdrawnClosure tells a person that signing in has kept the account.
type WithdrawnClosure struct {
	ID      string `json:"id"`
	Message string `json:"message"`
}

// SignIn starts a session. It is never repeated by itself. Codes:
// credentials_wrong, account_blocked, account_ending, account_cooling_off,
// account_paused, session_limit_reached, too_many_attempts.
func (c *Client) SignIn(ctx context.Context, in NewSession) (StartedSession, error) {
	return post[StartedSession](ctx, c, path("sessions"), in)
}

// NewProof is how a person shows once more who it is: one of these.
type NewProof struct {
	Password     string          `json:"password,omitempty"`
	Code         string          `json:"code,omitempty"` // of an authenticator app
	RecoveryCode string          `json:"recovery_code,omitempty"`
	MailedCode   string          `json:"mailed_code,omitempty"` // as sent by SendProofCode
	Token        string          `json:"token,omitempty"`       // with Passkey: of the question
	Passkey      json.RawMessage `json:"passkey,omitempty"`
}

// IdentityProof is a proof of identity on a session.
type IdentityProof struct {
	ProvedAt time.Time `json:"proved_at"`
	Methods  []string  `json:"methods"` // as RFC 8176 names them: pwd, otp, hwk, …
}

// ProveIdentity gives the client's session a fresh proof of identity, which some
// operations ask for with the code proof_required. Its own code is
// credentials_wrong.
func (c *Client) ProveIdentity(ctx context.Context, in NewProof) (IdentityProof, error) {
	return post[IdentityProof](ctx, c, path("session", "proof"), in)
}

// CheckedSession is what a relying party learns of a valid session.
type CheckedSession struct {
	ID         string    `json:"id"`
	AccountID  string    `json:"account_id"`
	App        string    `json:"app"`
	DeviceKind string    `json:"device_kind"`
	CreatedAt  time.Time `json:"created_at"`
	ExpiresAt  time.Time `json:"expires_at"`
}

// CheckSession says whose valid session the client's token is; otherwise the
// code is session_not_valid. A relying party asks before every request that it
// serves.
func (c *Client) CheckSession(ctx context.Context) (CheckedSession, error) {
	return get[CheckedSession](ctx, c, path("session"), nil)
}

// Sessions lists the caller's valid sessions, the newest first.
func (c *Client) Sessions(ctx context.Context) ([]Session, error) {
	return items[Session](ctx, c, path("sessions"))
}
