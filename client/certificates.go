package client

import (
	"context"
	"net/http"
	"time"
)

// VerifiedCertificate is what a genuine certificate says in short.
type VerifiedCertificate struct {
	Valid            bool      `json:"valid"`
	KeyID            string    `json:"key_id"`
	ID               string    `json:"id"`
	ClosureID        string    `json:"closure_id"`
	Issuer           string    `json:"issuer"`
	Subject          string    `json:"subject"` // the person, as a pseudonym
	RequestedAt      time.Time `json:"requested_at"`
	ErasureStartedAt time.Time `json:"erasure_started_at"`
	IssuedAt         time.Time `json:"issued_at"`
}

// CheckCertificate lets the server verify a certificate's file; no session is
// needed. Codes: certificate_malformed, certificate_format_unknown,
// certificate_altered, certificate_key_unknown, certificate_unproven,
// certificate_too_large.
func (c *Client) CheckCertificate(ctx context.Context, file []byte) (VerifiedCertificate, error) {
	return ask[VerifiedCertificate](ctx, c, call{method: http.MethodPost, path: path("certificates", "verify"), raw: file, rawType: "application/json"})
}

// Keys gives the installation's public keys as a JSON Web Key Set (RFC 7517),
// the active one first; no session is needed.
func (c *Client) Keys(ctx context.Context) ([]byte, error) {
	return get[[]byte](ctx, c, path("keys"), nil)
}
