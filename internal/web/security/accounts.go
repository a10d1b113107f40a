package security

import (
	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// faces gives the accounts of this browser; none where it has no key, or one that
// is worth nothing any more. Current is only who is signed in here now.
func (p *Pages) faces(v *visit.Visit) ([]browser.Face, error) {
	if v.BrowserKey() == "" {
		return nil, nil
	}
	all, err := p.Browsers.List(v.Context(), v.BrowserKey())
	if fault.Is(err, "browser_key_not_valid") {
		return nil, nil
	}
	for i := range all {
		all[i].Current = all[i].Current && v.Signed()
	}
	return all, err
}

// faceOf gives the account that the address names.
func (p *Pages) faceOf(v *visit.Visit) (browser.Face, error) {
	all, err := p.faces(v)
	if err != nil {
		return browser.Face{}, err
	}
	for _, f := range all {
		if f.ID == v.Part("id") {
			return f, nil
		}
	}
	return browser.Face{}, fault.New(fault.NotFound, "browser_account_not_found")
}

func (p *Pages) accounts(v *visit.Visit) error { return p.showAccounts(v, 200, ui.Form{}) }

func (p *Pages) showAccounts(v *visit.Visit, status int, form ui.Form) error {
	all, err := p.faces(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.accounts.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountsPage(page, all, form))
}
