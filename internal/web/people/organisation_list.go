package people

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// organisationsData is what the list of organisations shows.
type organisationsData struct {
	all      []org.Organisation
	operator bool
	pages    ui.Paging
}

// organisations lists all of them to operators, and to admins their own.
func (p *Pages) organisations(v *visit.Visit) (err error) {
	var d organisationsData
	if d.operator, err = v.Has(identity.Operator); err != nil {
		return err
	}
	if d.operator {
		found, err := p.Orgs.List(v.Context(), v.After(), perPage+1)
		if err != nil {
			return err
		}
		var next string
		d.all, next = visit.Cut(found, perPage, func(o org.Organisation) string { return o.ID })
		d.pages = v.Paging(next, "/console/organisations")
	} else if d.all, err = v.Callers().Managed(v.Context(), v.Caller); err != nil {
		return err
	} else if len(d.all) == 0 {
		return fault.New(fault.Forbidden, "forbidden")
	}
	page, err := v.Page(v.T("page.people.organisations"))
	if err != nil {
		return err
	}
	return v.Show(organisationsPage(page, d))
}
