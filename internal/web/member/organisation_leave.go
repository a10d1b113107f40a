package member

import (
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// organisationLeave asks before somebody leaves an organisation.
func (p *Pages) organisationLeave(v *visit.Visit) error { return p.showLeave(v, 200, ui.Form{}) }

func (p *Pages) showLeave(v *visit.Visit, status int, form ui.Form) error {
	m, err := p.placeIn(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.organisations.leave_title", "name", m.Org.Name))
	if err != nil {
		return err
	}
	return v.ShowAs(status, organisationLeavePage(page, m, form))
}

// organisationLeaveSend takes the person out, and ends the other sessions.
func (p *Pages) organisationLeaveSend(v *visit.Visit) error {
	m, err := p.placeIn(v)
	if err != nil {
		return err
	}
	if err := p.Access.Leave(v.Context(), v.AsMember(), m.Organisation, v.Caller.Session.ID); err != nil {
		return v.AskAgain(err, p.showLeave)
	}
	v.Tell("success", "page.organisations.left", "name", m.Org.Name)
	return v.Go("/settings/organisations")
}
