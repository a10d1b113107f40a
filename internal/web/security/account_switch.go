package security

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// accountSwitch asks before another account becomes the current one.
func (p *Pages) accountSwitch(v *visit.Visit) error {
	f, err := p.faceOf(v)
	if err != nil {
		return err
	}
	if f.Current {
		return v.Go("/accounts")
	}
	if !f.SignedIn {
		return v.Go("/sign-in?add=yes")
	}
	page, err := v.Page(v.T("page.accounts.switch_title"))
	if err != nil {
		return err
	}
	return v.Show(accountSwitchPage(page, f))
}

// accountSwitchSend takes the browser over to the other account. Whatever the
// browser has kept of the one before goes.
func (p *Pages) accountSwitchSend(v *visit.Visit) error {
	f, err := p.faceOf(v)
	if err != nil {
		return err
	}
	done, err := p.Browsers.Switch(v.Context(), v.Caller.Session, v.BrowserKey(), f.ID)
	if fault.Is(err, "sign_in_again") {
		v.Tell("info", "page.accounts.sign_in_again")
		return v.Go("/sign-in?add=yes")
	}
	if err != nil {
		return v.AskAgain(err, p.showAccounts)
	}
	v.SetSession(done.Token, done.Session.ExpiresAt)
	v.W.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	v.Tell("success", "page.accounts.switched")
	return v.Go("/")
}
