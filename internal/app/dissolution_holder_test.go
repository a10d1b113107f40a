package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/org"
)

// A holder that keeps nothing for organisations is not asked about one, and both
// its receipt and the certificate say that; one that does says what it erased.
func TestAHolderWithNothingForOrganisationsIsNotAsked(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			plain := newShelf("plain")
			w := apptest.New(t, engine, withHolders(t, archive{newShelf("archive")}, plain))
			a, _ := w.Person()
			v := finishes(w, announced(w, w.Organisation(org.Creator, a)), "archive", "plain")
			for _, p := range v.Parts {
				if r := p.Receipt; !p.Done() || r == nil || r.None != (p.Holder == "plain") || r.Items == nil {
					t.Errorf("%s: %+v", p.Holder, p.Receipt)
				}
			}
			if len(v.Parts) != 2 || len(plain.called()) != 0 {
				t.Errorf("%d parts, the plain one was asked %v", len(v.Parts), plain.called())
			}
			file, err := w.App.Dissolutions.CertificateFile(t.Context(), actor("operator", "somebody"), v.ID)
			w.Must(err)
			doc, _, err := certificate.Verify(file, w.App.Ring.JWKS())
			w.Must(err)
			for _, h := range doc.Holders {
				if h.None != (h.Name == "plain") {
					t.Errorf("the certificate says of %s: none %v", h.Name, h.None)
				}
			}
		})
	}
}
