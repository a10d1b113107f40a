package operate

import (
	"time"

	"github.com/signoff-id/signoff/internal/web/visit"
)

// handed is a link that an operator hands over by hand. It is told once: no other
// page, no note and no log has it.
type handed struct {
	link  string
	until time.Time
	title string
	text  string
	back  string // the page to go on to
}

// resetLinkMake makes a link by which somebody sets a new password.
func (p *Pages) resetLinkMake(v *visit.Visit) error {
	a, err := p.someone(v)
	if err != nil {
		return err
	}
	d := handed{title: v.T("page.account.reset_link"), text: v.T("page.account.reset_link_made"), back: accountPath(a.ID, "/access")}
	if d.link, d.until, err = p.Access.MakeResetLink(v.Context(), v.AsOperator(), a.ID); err != nil {
		return v.AskAgain(err, p.accountAccess)
	}
	return showHanded(v, d)
}

func showHanded(v *visit.Visit, d handed) error {
	page, err := v.Page(d.title)
	if err != nil {
		return err
	}
	return v.Show(handedPage(page, d))
}
