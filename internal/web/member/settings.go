package member

import "github.com/signoff-id/signoff/internal/web/visit"

// settings is the index of everything that can be set.
func (p *Pages) settings(v *visit.Visit) error {
	page, err := v.Page(v.T("page.nav.settings"))
	if err != nil {
		return err
	}
	return v.Show(settingsPage(page))
}
