package member

import "github.com/signoff-id/signoff/internal/web/visit"

// me is where everything of the person's own begins: on a phone the settings are
// two steps away, by the gear.
func (p *Pages) me(v *visit.Visit) error {
	a, err := p.Accounts.Get(v.Context(), v.Account())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.nav.me"))
	if err != nil {
		return err
	}
	return v.Show(mePage(page, a))
}
