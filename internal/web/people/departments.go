package people

import (
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// departmentsData is what the page of an organisation's departments shows.
type departmentsData struct {
	place
	tree []node
	form ui.Form
}

// departmentList shows the tree of an organisation's departments.
func (p *Pages) departmentList(v *visit.Visit) error { return p.showDepartments(v, 200, ui.Form{}) }

func (p *Pages) showDepartments(v *visit.Visit, status int, f ui.Form) (err error) {
	d := departmentsData{form: f}
	if d.place, err = p.enter(v); err != nil {
		return err
	}
	if d.tree, err = p.departments(v, d.ID); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.people.departments_of", "name", d.Name))
	if err != nil {
		return err
	}
	return v.ShowAs(status, departmentsPage(page, d))
}

// departmentCreate adds a department to the tree.
func (p *Pages) departmentCreate(v *visit.Visit) error {
	l, err := p.enter(v)
	if err != nil {
		return err
	}
	made, err := p.Orgs.CreateDepartment(v.Context(), l.by, l.ID, v.Value("parent_id"), v.Value("name"))
	if err != nil {
		f, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showDepartments(v, f.Problem.Status, f)
	}
	v.Tell("success", "page.people.department_made", "name", made.Name)
	return v.Go(l.path("/departments"))
}
