package leave

import "github.com/signoff-id/signoff/internal/web/visit"

// closePublic tells anybody what closing an account means and how it is done:
// also to those who have no app and cannot sign in.
func (p *Pages) closePublic(v *visit.Visit) error {
	offered, err := p.Closures.Offered(v.Context())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.close.public"))
	if err != nil {
		return err
	}
	return v.Show(closePublicPage(page, offered))
}
