package people

import (
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

func (p *Pages) organisationNew(v *visit.Visit) error {
	return p.showOrganisationNew(v, 200, ui.Form{})
}

func (p *Pages) showOrganisationNew(v *visit.Visit, status int, f ui.Form) error {
	page, err := v.Page(v.T("page.people.new"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, organisationNewPage(page, f))
}

// organisationCreate makes an organisation without members.
func (p *Pages) organisationCreate(v *visit.Visit) error {
	o, err := p.Orgs.Create(v.Context(), v.AsOperator(), v.Value("name"))
	if err != nil {
		f, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showOrganisationNew(v, f.Problem.Status, f)
	}
	v.Tell("success", "page.people.created", "name", o.Name)
	return v.Go("/console/organisations/" + o.ID)
}
