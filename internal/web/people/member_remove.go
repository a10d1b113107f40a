package people

import (
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// removal is what the page that asks before a member is removed shows.
type removal struct {
	place
	person
	self bool
	form ui.Form
}

// memberRemove asks, and says what happens.
func (p *Pages) memberRemove(v *visit.Visit) error { return p.showRemoval(v, 200, ui.Form{}) }

func (p *Pages) showRemoval(v *visit.Visit, status int, f ui.Form) error {
	l, m, err := p.enterMember(v)
	if err != nil {
		return err
	}
	a, err := p.Accounts.Get(v.Context(), m.Account)
	if err != nil {
		return err
	}
	d := removal{place: l, person: personOf(m, a), self: m.Account == v.Account(), form: f}
	page, err := v.Page(v.T("page.people.remove_title", "name", d.name))
	if err != nil {
		return err
	}
	return v.ShowAs(status, removalPage(page, d))
}

// memberRemoveSend takes the member out of the organisation.
func (p *Pages) memberRemoveSend(v *visit.Visit) error {
	l, m, err := p.enterMember(v)
	if err != nil {
		return err
	}
	if err := p.Access.RemoveMember(v.Context(), l.by, l.ID, m.Account, ""); err != nil {
		f, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showRemoval(v, f.Problem.Status, f)
	}
	v.Tell("success", "page.people.removed")
	return v.Go(l.path("/people"))
}
