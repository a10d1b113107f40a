package operate

import (
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// policyList shows all policies, each by its newest version.
func (p *Pages) policyList(v *visit.Visit) error {
	all, err := p.Closures.ListPolicies(v.Context())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.policy.title"))
	if err != nil {
		return err
	}
	return v.Show(policyListPage(page, byName(all)))
}

// byName puts the versions of each policy together; the newest stays first.
func byName(all []*policy.Policy) (groups [][]*policy.Policy) {
	for i, one := range all {
		if i == 0 || one.Name != all[i-1].Name {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], one)
	}
	return groups
}
