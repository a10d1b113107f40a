package people

import (
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// memberPlace changes a member's department, role and offices.
func (p *Pages) memberPlace(v *visit.Visit) error {
	l, m, err := p.enterMember(v)
	if err != nil {
		return err
	}
	to := org.Member{Organisation: l.ID, Account: m.Account, Department: v.Value("department"), Role: v.Value("role"), Offices: v.R.PostForm["offices"]}
	if err := p.Orgs.PutMember(v.Context(), l.by, to); err != nil {
		return p.memberAgain(v, l, m, "place", err)
	}
	v.Tell("success", "page.people.saved")
	if m.Account == v.Account() && to.Role == org.Ordinary {
		return v.Go("/console") // no admin any more
	}
	return v.Go(l.person(m.Account))
}
