package member

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// place is a membership with its organisation.
type place struct {
	org.Member
	Org org.Organisation
}

// places gives the organisations that somebody is in.
func (p *Pages) places(ctx context.Context, account string) (all []place, err error) {
	memberships, err := p.Orgs.Memberships(ctx, account)
	if err != nil {
		return nil, err
	}
	for _, m := range memberships {
		o, err := p.Orgs.Get(ctx, m.Organisation)
		if err != nil {
			return nil, err
		}
		all = append(all, place{m, o})
	}
	return all, nil
}

// standing writes a role and offices as words.
func standing(p *ui.Page, role string, offices []string) string {
	var words []string
	if role != "" {
		words = append(words, p.T("page.role."+role))
	}
	for _, o := range offices {
		words = append(words, p.T("page.office."+o))
	}
	return strings.Join(words, p.T("page.list_comma"))
}
