package app_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/certificate"
)

// content gives what a closure's certificate says, without what differs from
// one closure to the next: ids, instants, places in the audit log. It verifies
// first.
func content(t *testing.T, w *apptest.World, id string) string {
	t.Helper()
	file, err := w.App.Closures.CertificateFile(t.Context(), id, "")
	w.Must(err)
	c, _, err := certificate.Verify(file, w.App.Ring.JWKS())
	w.Must(err)
	if c.Closure != id || c.Subject == "" {
		t.Errorf("a certificate of %q for %q", c.Closure, id)
	}
	c.ID, c.Closure, c.Subject, c.Audit = "", "", "", certificate.AuditProof{}
	c.RequestedAt, c.ErasureStartedAt, c.IssuedAt, c.Identifiers.ReuseAfter = time.Time{}, time.Time{}, time.Time{}, nil
	for i := range c.Timeline {
		c.Timeline[i].At, c.Timeline[i].Seq = time.Time{}, 0
	}
	for i := range c.Holders {
		c.Holders[i].ErasedAt, c.Holders[i].VerifiedAt = time.Time{}, time.Time{}
		for k := range c.Holders[i].Items {
			if item := &c.Holders[i].Items[k]; item.Until != nil {
				item.Until = &time.Time{} // some day
			}
		}
	}
	text, err := json.MarshalIndent(c, "", " ")
	w.Must(err)
	return string(text)
}
