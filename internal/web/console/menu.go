package console

import (
	"slices"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Menu gives what somebody may open of the console: by the platform's roles, and
// by being an admin of an organisation. Each page asks again.
func (p *Pages) Menu(v *visit.Visit) ([]ui.Item, error) {
	operator, err := v.Has(identity.Operator)
	if err != nil {
		return nil, err
	}
	reviewer, err := v.Has(identity.Reviewer)
	if err != nil {
		return nil, err
	}
	auditor, err := v.Has(identity.Auditor)
	if err != nil {
		return nil, err
	}
	admin, err := p.administers(v)
	if err != nil || !operator && !reviewer && !auditor && !admin {
		return nil, err
	}
	all := []ui.Item{{Path: "/console", Icon: "dashboard", Label: v.T("page.console.dashboard")}}
	add := func(may bool, group, path, icon, label string) {
		if may {
			all = append(all, ui.Item{Path: path, Icon: icon, Label: label, Group: group})
		}
	}
	organisations, ends, platform := v.T("page.console.group.organisations"), v.T("page.console.group.ends"), v.T("page.console.group.platform")
	add(operator || admin, organisations, "/console/organisations", "building", v.T("page.console.organisations"))
	add(operator || reviewer, organisations, "/console/dissolutions", "building-off", v.T("page.console.dissolutions"))
	add(reviewer || auditor, ends, "/console/reviews", "gavel", v.T("page.console.reviews"))
	add(operator || reviewer || auditor, ends, "/console/closures", "user-x", v.T("page.console.closures"))
	add(operator || admin || auditor, platform, "/console/reports", "chart-bar", v.T("page.report.title"))
	add(operator, platform, "/console/policies", "license", v.T("page.console.policies"))
	add(operator || auditor, platform, "/console/holders", "database", v.T("page.console.holders"))
	add(operator || auditor, platform, "/console/audit", "history", v.T("page.console.audit"))
	return all, nil
}

// administers says whether somebody is an admin of any organisation.
func (p *Pages) administers(v *visit.Visit) (bool, error) {
	places, err := p.Orgs.Memberships(v.Context(), v.Account())
	return slices.ContainsFunc(places, func(m org.Member) bool { return m.Role != org.Ordinary }), err
}
