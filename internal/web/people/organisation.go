package people

import (
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// overview is what the first page of an organisation shows.
type overview struct {
	place
	people      int
	departments int
	online      session.Crowd
	owner       bool // may sign out everybody
}

// organisation is an organisation at a glance.
func (p *Pages) organisation(v *visit.Visit) (err error) {
	var d overview
	if d.place, err = p.enter(v); err != nil {
		return err
	}
	if d.people, err = p.Orgs.Size(v.Context(), d.ID); err != nil {
		return err
	}
	all, err := p.Orgs.Departments(v.Context(), d.ID)
	if err != nil {
		return err
	}
	d.departments = len(all)
	if d.online, err = p.Sessions.CountOnline(v.Context(), d.by, d.ID, ""); err != nil {
		return err
	}
	if d.owner, err = p.owns(v, d.place); err != nil {
		return err
	}
	page, err := v.Page(d.Name)
	if err != nil {
		return err
	}
	return v.Show(organisationPage(page, d))
}

// upTo writes a count that stops somewhere.
func upTo(p *ui.Page, n int, more bool) string {
	if more {
		return p.T("page.people.and_more", "number", p.Number(n))
	}
	return p.Number(n)
}

func manyPeople(p *ui.Page, n int) string { return upTo(p, n, n >= org.Most) }
