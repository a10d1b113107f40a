package client

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// Factor is something that a person has beside the password.
type Factor struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"` // totp or passkey
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"created_at"`
	UsedAt    *time.Time `json:"used_at"` // nil: never yet
}

// Factors is all of an account's.
type Factors struct {
	Factors       []Factor `json:"factors"`
	RecoveryCodes int      `json:"recovery_codes"` // that are left
}

// Enrolment is the secret of an authenticator app, told this once.
type Enrolment struct {
	ID     string `json:"id"`
	Secret string `json:"secret"` // to be typed
	URL    string `json:"url"`    // otpauth://, for a QR code
}

// AddedFactor is a factor that counts from now on.
type AddedFactor struct {
	ID            string   `json:"id"`
	RecoveryCodes []string `json:"recovery_codes"` // with the first factor, told this once
}

// NewPasskey is a browser's new passkey.
type NewPasskey struct {
	Token   string          `json:"token"` // of the question
	Name    string          `json:"name,omitempty"`
	Passkey json.RawMessage `json:"passkey"` // as PublicKeyCredential.toJSON gives it
}

// Question is what a browser asks a passkey.
type Question struct {
	Token     string          `json:"token"` // goes back with the answer
	ExpiresAt time.Time       `json:"expires_at"`
	PublicKey json.RawMessage `json:"public_key"` // for navigator.credentials
}

// OwnFactors lists the caller's factors.
func (c *Client) OwnFactors(ctx context.Context) (Factors, error) {
	return get[Factors](ctx, c, path("account", "factors"), nil)
}

// BeginTOTP makes the secret of an authenticator app; it counts once ConfirmTOTP
// has seen a code of it. Codes: proof_required, factor_exists.
func (c *Client) BeginTOTP(ctx context.Context, name string) (Enrolment, error) {
	return post[Enrolment](ctx, c, path("account", "factors", "totp"), map[string]string{"name": name})
}

// ConfirmTOTP makes an authenticator app count. All other sessions of the caller
// end. Codes: proof_required, code_wrong, factor_not_found, too_many_attempts.
func (c *Client) ConfirmTOTP(ctx context.Context, id, code string) (AddedFactor, error) {
	return post[AddedFactor](ctx, c, path("account", "factors", "totp", id, "confirm"), map[string]string{"code": code})
}

// BeginPasskey asks for a new passkey. Codes: proof_required, factors_too_many.
func (c *Client) BeginPasskey(ctx context.Context) (Question, error) {
	return post[Question](ctx, c, path("account", "factors", "passkey", "question"), nil)
}

// AddPasskey keeps a new passkey. All other sessions of the caller end. Codes:
// proof_required, step_not_valid, passkey_wrong, factor_exists.
func (c *Client) AddPasskey(ctx context.Context, in NewPasskey) (AddedFactor, error) {
	return post[AddedFactor](ctx, c, path("account", "factors", "passkey"), in)
}

// RenameOwnFactor gives a factor another name. Codes: factor_not_found.
func (c *Client) RenameOwnFactor(ctx context.Context, id, name string) error {
	return c.tell(ctx, http.MethodPut, path("account", "factors", id), map[string]string{"name": name})
}

// RemoveOwnFactor takes a factor away. All other sessions of the caller end.
// Codes: proof_required, factor_not_found.
func (c *Client) RemoveOwnFactor(ctx context.Context, id string) error {
	return c.tell(ctx, http.MethodDelete, path("account", "factors", id), nil)
}

// RecoveryCodes are told once, and work once each.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// RenewRecoveryCodes makes new recovery codes; the old ones end. Codes:
// proof_required, factor_none.
func (c *Client) RenewRecoveryCodes(ctx context.Context) (RecoveryCodes, error) {
	return post[RecoveryCodes](ctx, c, path("account", "recovery-codes"), nil)
}

// Factors lists an account's factors; for operators.
func (c *Client) Factors(ctx context.Context, account string) (Factors, error) {
	return get[Factors](ctx, c, path("accounts", account, "factors"), nil)
}

// RemoveFactor takes a factor away that its person has lost; for operators. All
// sessions of the account end. Codes: factor_not_found.
func (c *Client) RemoveFactor(ctx context.Context, account, id string) error {
	return c.tell(ctx, http.MethodDelete, path("accounts", account, "factors", id), nil)
}
