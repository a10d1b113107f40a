package review

import "github.com/signoff-id/signoff/internal/web/visit"

// dissolutionCertificate gives the signed certificate's file, also to whoever
// started it.
func (p *Pages) dissolutionCertificate(v *visit.Visit) error {
	by, err := onlooker(v)
	if err != nil {
		return err
	}
	file, err := p.Dissolutions.CertificateFile(v.Context(), by, v.Part("id"))
	if err != nil {
		return err
	}
	v.Save("application/json", "certificate-"+v.Part("id")+".json", file)
	return nil
}
