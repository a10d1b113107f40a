package console

import (
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
	led, err := p.led(v)
	admin := len(led) > 0
	if err != nil || !operator && !reviewer && !auditor && !admin {
		return nil, err
	}
	all := []ui.Item{{Path: "/console", Icon: "dashboard", Label: v.T("page.console.dashboard")}}
	var orders int
	if operator || admin {
		by, err := v.Callers().Commander(v.Context(), v.Caller)
		if err != nil {
			return nil, err
		}
		if orders, err = p.Sessions.WaitingFor(v.Context(), by, led...); err != nil {
			return nil, err
		}
	}
	add := func(may bool, group, path, icon, label string, count ...int) {
		if may {
			all = append(all, ui.Item{Path: path, Icon: icon, Label: label, Group: group})
			if len(count) > 0 {
				all[len(all)-1].Count = count[0]
			}
		}
	}
	organisations, ends, platform := v.T("page.console.group.organisations"), v.T("page.console.group.ends"), v.T("page.console.group.platform")
	add(operator || admin, organisations, "/console/organisations", "building", v.T("page.console.organisations"))
	add(operator || admin, organisations, "/console/orders", "hand-stop", v.T("page.console.orders"), orders)
	add(operator || reviewer, organisations, "/console/dissolutions", "building-off", v.T("page.console.dissolutions"))
	add(reviewer || auditor, ends, "/console/reviews", "gavel", v.T("page.console.reviews"))
	add(operator || reviewer || auditor, ends, "/console/closures", "user-x", v.T("page.console.closures"))
	add(operator || admin || auditor, platform, "/console/reports", "chart-bar", v.T("page.report.title"))
	add(operator, platform, "/console/accounts", "users", v.T("page.console.accounts"))
	add(operator, platform, "/console/policies", "license", v.T("page.console.policies"))
	add(operator || auditor, platform, "/console/holders", "database", v.T("page.console.holders"))
	add(operator || auditor, platform, "/console/audit", "history", v.T("page.console.audit"))
	return all, nil
}

// led gives the organisations that somebody is an admin of.
func (p *Pages) led(v *visit.Visit) (organisations []string, err error) {
	places, err := p.Orgs.Memberships(v.Context(), v.Account())
	for _, m := range places {
		if m.Role != org.Ordinary {
			organisations = append(organisations, m.Organisation)
		}
	}
	return organisations, err
}
