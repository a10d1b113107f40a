package security

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// authenticatorData is what the page of the app that makes codes shows.
type authenticatorData struct {
	form  ui.Form
	app   *access.Factor // nil: there is none
	codes int            // recovery codes that are left
	last  bool           // nothing else stands beside the password
}

// authenticator shows the app that makes codes, or what one is good for.
func (p *Pages) authenticator(v *visit.Visit) error { return p.showAuthenticator(v, 200, ui.Form{}) }

func (p *Pages) authenticatorData(v *visit.Visit) (d authenticatorData, err error) {
	all, err := p.Access.Factors(v.Context(), v.Account())
	if err != nil {
		return d, err
	}
	return authenticatorData{app: authenticatorOf(all), codes: all.RecoveryCodes, last: len(all.Factors) == 1}, nil
}

func (p *Pages) showAuthenticator(v *visit.Visit, status int, form ui.Form) error {
	d, err := p.authenticatorData(v)
	if err != nil {
		return err
	}
	d.form = form
	page, err := v.Page(v.T("page.authenticator.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, authenticatorPage(page, d))
}
