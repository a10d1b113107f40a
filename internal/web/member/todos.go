package member

import (
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// todos shows what waits for the person: to-dos and approvals.
func (p *Pages) todos(v *visit.Visit) error {
	open, _, err := p.Orgs.Duties(v.Context(), v.Account())
	if err != nil {
		return err
	}
	names, err := p.organisationNames(v, each(open, func(t org.Todo) string { return t.Organisation }))
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.todos.title"))
	if err != nil {
		return err
	}
	return v.Show(todosPage(page, open, names))
}
