package review

import (
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// onlooker is the person reading a dissolution: one of the staff, or whoever leads
// the organisation, which the room asks.
func onlooker(v *visit.Visit) (audit.Actor, error) {
	if yes, err := v.Has(identity.Reviewer); yes || err != nil {
		return v.AsReviewer(), err
	}
	if yes, err := v.Has(identity.Operator); yes || err != nil {
		return v.AsOperator(), err
	}
	return v.Caller.As(audit.KindAdmin), nil
}

// leader is the person acting for an organisation that ends, which the room asks.
func leader(v *visit.Visit) (audit.Actor, error) {
	if yes, err := v.Has(identity.Operator); yes || err != nil {
		return v.AsOperator(), err
	}
	return v.Caller.As(audit.KindAdmin), nil
}

// secondPerson is the one of the staff who decides on evidence or an objection.
func secondPerson(v *visit.Visit) (audit.Actor, error) {
	if yes, err := v.Has(identity.Operator); yes || err != nil {
		return v.AsOperator(), err
	}
	return v.AsReviewer(), nil
}

// seen reads the dissolution of the address as the person may see it.
func (p *Pages) seen(v *visit.Visit) (d dissolution.View, by audit.Actor, err error) {
	if by, err = onlooker(v); err != nil {
		return d, by, err
	}
	d, err = p.Dissolutions.Get(v.Context(), by, v.Part("id"))
	return d, by, err
}

// ledBy reads it for whoever leads the organisation.
func (p *Pages) ledBy(v *visit.Visit) (d dissolution.View, err error) {
	by, err := leader(v)
	if err != nil {
		return d, err
	}
	return p.Dissolutions.Get(v.Context(), by, v.Part("id"))
}

// dissolutions lists dissolutions, the newest first, for the staff.
func (p *Pages) dissolutions(v *visit.Visit) error {
	found, err := p.Dissolutions.List(v.Context(), dissolution.Filter{Before: v.After(), Limit: pageSize + 1})
	if err != nil {
		return err
	}
	all, next := visit.Cut(found, pageSize, func(d dissolution.View) string { return d.ID })
	page, err := v.Page(v.T("page.dissolutions.title"))
	if err != nil {
		return err
	}
	return v.Show(dissolutionsPage(page, all, v.Paging(next, "/console/dissolutions")))
}

// dissolution is one of them.
func (p *Pages) dissolution(v *visit.Visit) error {
	d, by, err := p.seen(v)
	if err != nil {
		return err
	}
	shown := dissolutionData{View: d, staff: by.Kind != audit.KindAdmin, starter: d.StartedBy == v.Account()}
	if shown.operator, err = v.Has(identity.Operator); err != nil {
		return err
	}
	as, err := leader(v)
	if err != nil {
		return err
	}
	shown.leads = p.Dissolutions.MayLead(v.Context(), as, d.Organisation) == nil
	if o, err := p.Orgs.Get(v.Context(), d.Organisation); err == nil {
		shown.name = o.Name
	}
	page, err := v.Page(v.T("page.dissolutions.one"))
	if err != nil {
		return err
	}
	return v.Show(dissolutionPage(page, shown))
}

// dissolutionData is a dissolution, and what the person may do with it.
type dissolutionData struct {
	dissolution.View
	name                            string // of the organisation, while it has one
	staff, operator, leads, starter bool
}
