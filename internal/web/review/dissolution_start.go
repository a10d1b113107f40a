package review

import (
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// startData is what the page shows on which a dissolution begins.
type startData struct {
	org.Organisation
	form       ui.Form
	successors []ui.Option // organisations that the person leads, too
}

// organisationEnd leads to an organisation's dissolution: to the newest while it
// is under way or closed, else to where one begins.
func (p *Pages) organisationEnd(v *visit.Visit) error {
	by, err := onlooker(v)
	if err != nil {
		return err
	}
	d, err := p.Dissolutions.OfOrganisation(v.Context(), by, v.Part("id"))
	if err == nil && d.State != dissolution.Withdrawn && d.State != dissolution.Cancelled {
		return v.Go("/console/dissolutions/" + d.ID)
	}
	if err != nil && !fault.Is(err, "dissolution_not_found") {
		return err
	}
	if by, err = leader(v); err != nil {
		return err
	}
	if err := p.Dissolutions.MayLead(v.Context(), by, v.Part("id")); err != nil {
		return err
	}
	return v.Go("/console/organisations/" + v.Part("id") + "/dissolution/new")
}

// dissolutionNew is the page on which a dissolution begins.
func (p *Pages) dissolutionNew(v *visit.Visit) error { return p.showStart(v, 200, v.Form()) }

func (p *Pages) showStart(v *visit.Visit, status int, form ui.Form) error {
	by, err := leader(v)
	if err != nil {
		return err
	}
	if err := p.Dissolutions.MayLead(v.Context(), by, v.Part("id")); err != nil {
		return err
	}
	d := startData{form: form}
	if d.Organisation, err = p.Orgs.Get(v.Context(), v.Part("id")); err != nil {
		return err
	}
	if d.successors, err = p.successors(v, d.ID); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.dissolutions.start"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, dissolutionStartPage(page, d))
}

// successors lists the organisations that the person leads beside the one that
// ends. Operators, who lead all, type an id.
func (p *Pages) successors(v *visit.Visit, ending string) ([]ui.Option, error) {
	if operator, err := v.Has(identity.Operator); operator || err != nil {
		return nil, err
	}
	by, err := leader(v)
	if err != nil {
		return nil, err
	}
	memberships, err := p.Orgs.Memberships(v.Context(), v.Account())
	if err != nil {
		return nil, err
	}
	all := []ui.Option{{Label: v.T("page.dissolutions.no_successor")}}
	for _, m := range memberships {
		if m.Organisation == ending || p.Dissolutions.MayLead(v.Context(), by, m.Organisation) != nil {
			continue
		}
		o, err := p.Orgs.Get(v.Context(), m.Organisation)
		if err != nil {
			return nil, err
		}
		all = append(all, ui.Option{Value: o.ID, Label: o.Name})
	}
	return all, nil
}

// dissolutionStart begins a dissolution.
func (p *Pages) dissolutionStart(v *visit.Visit) error {
	by, err := leader(v)
	if err != nil {
		return err
	}
	d, err := p.Dissolutions.Start(v.Context(), by, v.Part("id"), dissolution.Kind(v.Value("kind")), v.Value("successor_id"))
	if err != nil {
		return v.AskAgain(err, p.showStart)
	}
	v.Tell("success", "page.dissolutions.started")
	return v.Go("/console/dissolutions/" + d.ID)
}
