package member

import "github.com/signoff-id/signoff/internal/web/visit"

// home is the platform's first page.
func (p *Pages) home(v *visit.Visit) error {
	page, err := v.Page(v.T("page.nav.home"))
	if err != nil {
		return err
	}
	return v.Show(homePage(page))
}
