package security

import (
	"errors"

	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// accountsSignOut asks before every account of this browser is signed out.
func (p *Pages) accountsSignOut(v *visit.Visit) error { return p.showAccountsSignOut(v, 200, nil) }

func (p *Pages) showAccountsSignOut(v *visit.Visit, status int, open []work.Lease) error {
	all, err := p.faces(v)
	if err != nil {
		return err
	}
	n := 0
	for _, f := range all {
		if f.SignedIn {
			n++
		}
	}
	page, err := v.Page(v.T("page.accounts.sign_out_title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountsSignOutPage(page, n, open))
}

// accountsSignOutSend signs all of them out. They stay on the list, to sign in
// again.
func (p *Pages) accountsSignOutSend(v *visit.Visit) error {
	_, err := p.Browsers.SignOut(v.Context(), v.Caller.Session, v.BrowserKey(), v.Value("anyway") == "yes")
	var pending *work.Pending
	if errors.As(err, &pending) {
		return p.showAccountsSignOut(v, 409, ownWork(v, pending.Leases))
	}
	if err != nil {
		return v.AskAgain(err, p.showAccounts)
	}
	v.ForgetSession(false)
	return v.Go("/signed-out")
}
