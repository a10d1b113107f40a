package operate

import (
	"context"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// keeper is a data holder with its health.
type keeper struct {
	holder.Description
	holder.Backlog
	last holder.LastCheck // zero before the first check
}

// keepers gives all data holders, in the order of the configuration.
func (p *Pages) keepers(ctx context.Context) (all []keeper, err error) {
	checks, waiting, err := p.Holders.Health(ctx)
	for _, d := range p.Holders.Describe() {
		all = append(all, keeper{Description: d, Backlog: waiting[d.Name], last: checks[d.Name]})
	}
	return all, err
}

// holderList shows the data holders and how they are.
func (p *Pages) holderList(v *visit.Visit) error {
	all, err := p.keepers(v.Context())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.holder.title"))
	if err != nil {
		return err
	}
	return v.Show(holderListPage(page, all))
}
