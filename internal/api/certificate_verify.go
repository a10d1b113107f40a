package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/certificate"
)

// verifiedCertificate is what a genuine certificate says in short.
type verifiedCertificate struct {
	Valid            bool      `json:"valid" doc:"Always true: a certificate that is not is refused."`
	KeyID            string    `json:"key_id" doc:"The kid of the key that signed it."`
	ID               string    `json:"id"`
	ClosureID        string    `json:"closure_id"`
	Issuer           string    `json:"issuer"`
	Subject          string    `json:"subject" doc:"The person, as a pseudonym."`
	RequestedAt      time.Time `json:"requested_at"`
	ErasureStartedAt time.Time `json:"erasure_started_at"`
	IssuedAt         time.Time `json:"issued_at"`
}

// certificateVerify checks a certificate's file with this installation's keys.
// Nothing of it is kept.
func (f *face) certificateVerify() {
	register(f, operation{
		ID: "verify-certificate", Method: http.MethodPost, Path: "/v1/certificates/verify", Tag: tagProof, Access: everybody(), Raw: true,
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"certificate_malformed", "certificate_format_unknown", "certificate_altered",
			"certificate_key_unknown", "certificate_unproven"}, http.StatusRequestEntityTooLarge: {"certificate_too_large"}},
	}, func(_ context.Context, in *struct {
		RawBody []byte `contentType:"application/json"`
	}) (*answer[verifiedCertificate], error) {
		c, kid, err := certificate.Verify(in.RawBody, f.Keys.JWKS())
		if err != nil {
			return nil, err
		}
		return &answer[verifiedCertificate]{Body: verifiedCertificate{Valid: true, KeyID: kid, ID: c.ID, ClosureID: c.Closure, Issuer: c.Issuer,
			Subject: c.Subject, RequestedAt: c.RequestedAt, ErasureStartedAt: c.ErasureStartedAt, IssuedAt: c.IssuedAt}}, nil
	})
}
