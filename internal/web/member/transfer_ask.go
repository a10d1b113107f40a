package member

import (
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// transferAsk is the form that asks a successor to take over a role or offices.
// What there is to hand over is ticked.
func (p *Pages) transferAsk(v *visit.Visit) error {
	m, err := p.placeIn(v)
	if err != nil {
		return err
	}
	form := ui.Form{Values: map[string]string{}}
	if org.Owns(m.Role) {
		form.Values["role"] = "yes"
	}
	for _, o := range m.Offices {
		form.Values[o] = "yes"
	}
	return p.showTransferAsk(v, 200, m, form)
}

func (p *Pages) showTransferAsk(v *visit.Visit, status int, m org.Place, form ui.Form) error {
	if !org.Owns(m.Role) && len(m.Offices) == 0 {
		return fault.New(fault.Conflict, "not_the_holder")
	}
	page, err := v.Page(v.T("page.hand_over.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, transferAskPage(page, m, form))
}

// transferAskSend asks; nothing changes until the successor accepts.
func (p *Pages) transferAskSend(v *visit.Visit) error {
	m, err := p.placeIn(v)
	if err != nil {
		return err
	}
	n := org.NewTransfer{Organisation: m.Organisation}
	if v.Value("role") == "yes" && org.Owns(m.Role) {
		n.Role = m.Role
	}
	n.Offices = slices.DeleteFunc(slices.Clone(m.Offices), func(o string) bool { return v.Value(o) != "yes" })
	n.Successor, err = v.Successor("successor_id")
	if err == nil {
		_, err = p.Orgs.AskTransfer(v.Context(), v.Account(), n)
	}
	if err != nil {
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showTransferAsk(v, form.Problem.Status, m, form)
	}
	v.Tell("success", "page.hand_over.asked")
	return v.Go("/settings/organisations")
}
