package security

import (
	"errors"

	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// accountRemove asks before an account is taken off this browser.
func (p *Pages) accountRemove(v *visit.Visit) error {
	f, err := p.faceOf(v)
	if err != nil {
		return err
	}
	return showRemove(v, 200, f, nil)
}

func showRemove(v *visit.Visit, status int, f browser.Face, open []work.Lease) error {
	page, err := v.Page(v.T("page.accounts.remove_title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountRemovePage(page, f, open))
}

// accountRemoveSend takes it off; the current one goes only as the last.
func (p *Pages) accountRemoveSend(v *visit.Visit) error {
	f, err := p.faceOf(v)
	if err != nil {
		return err
	}
	err = p.Browsers.Remove(v.Context(), v.Caller.Session, v.BrowserKey(), f.ID, v.Value("anyway") == "yes")
	var pending *work.Pending
	switch {
	case errors.As(err, &pending):
		return showRemove(v, 409, f, ownWork(v, pending.Leases))
	case fault.Is(err, "browser_account_not_found"):
		return err
	case err != nil:
		return v.AskAgain(err, p.showAccounts)
	}
	if f.Current {
		v.ForgetSession(false)
	}
	v.Tell("success", "page.accounts.removed")
	return v.Go("/accounts")
}

// ownWork leaves out what another account does: only that an app has something in
// hand is told of it.
func ownWork(v *visit.Visit, all []work.Lease) []work.Lease {
	out := make([]work.Lease, 0, len(all))
	for _, l := range all {
		if l.Account != v.Account() {
			l.Item.What, l.Item.Link = "", ""
		}
		out = append(out, l)
	}
	return out
}
