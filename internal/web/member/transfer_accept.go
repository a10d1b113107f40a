package member

import (
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// transferAccept asks before somebody takes over a role or offices.
func (p *Pages) transferAccept(v *visit.Visit) error { return p.showAccept(v, 200, ui.Form{}) }

func (p *Pages) showAccept(v *visit.Visit, status int, form ui.Form) error {
	t, err := p.transferIn(v)
	if err != nil {
		return err
	}
	if t.To != v.Account() {
		return org.ErrNoTransfer()
	}
	page, err := v.Page(v.T("page.hand_over.accept_title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, transferAcceptPage(page, t, form))
}

// transferAcceptSend takes over: both places change at once.
func (p *Pages) transferAcceptSend(v *visit.Visit) error {
	t, err := p.transferIn(v)
	if err != nil {
		return err
	}
	if _, err := p.Orgs.AcceptTransfer(v.Context(), v.Account(), t.ID); err != nil {
		return v.AskAgain(err, p.showAccept)
	}
	v.Tell("success", "page.hand_over.accepted", "name", t.organisation)
	return v.Go("/settings/organisations")
}
