package review

import "github.com/signoff-id/signoff/internal/web/visit"

// closureCertificate gives the signed certificate's file, to be saved.
func (p *Pages) closureCertificate(v *visit.Visit) error {
	file, err := p.Closures.CertificateFile(v.Context(), v.Part("id"), "")
	if err != nil {
		return err
	}
	v.Save("application/json", "certificate-"+v.Part("id")+".json", file)
	return nil
}
