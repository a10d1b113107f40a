package review

import (
	"net/http"

	"github.com/signoff-id/signoff/internal/web/visit"
)

// closureCertificate gives the signed certificate's file, to be saved.
func (p *Pages) closureCertificate(v *visit.Visit) error {
	file, err := p.Closures.CertificateFile(v.Context(), v.Part("id"), "")
	if err != nil {
		return err
	}
	save(v, "application/json", "certificate-"+v.Part("id")+".json", file)
	return nil
}

// save answers with a file that the browser saves and never shows: the name must
// be one of ours.
func save(v *visit.Visit, media, name string, content []byte) {
	h := v.W.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	v.W.WriteHeader(http.StatusOK)
	_, _ = v.W.Write(content)
}
