package operate

import (
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// registerLink asks for whom a link is.
func (p *Pages) registerLink(v *visit.Visit) error { return showRegisterLink(v, 200, ui.Form{}) }

func showRegisterLink(v *visit.Visit, status int, form ui.Form) error {
	page, err := v.Page(v.T("page.account.register_link"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, registerLinkPage(page, form))
}

// registerLinkMake makes a link by which one address or number can register, even
// where registration is closed.
func (p *Pages) registerLinkMake(v *visit.Visit) error {
	d := handed{title: v.T("page.account.register_link"), text: v.T("page.account.register_link_made"), back: "/console/accounts"}
	var err error
	if d.link, d.until, err = p.Access.MakeRegisterLink(v.Context(), v.AsOperator(), identifierOf(v)); err != nil {
		return v.AskAgain(err, showRegisterLink)
	}
	return showHanded(v, d)
}
