package leave

import (
	"slices"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// closeData is what the first two steps of a closure show.
type closeData struct {
	form     ui.Form
	offered  []*policy.Policy
	chosen   *policy.Policy
	holders  []holder.Description
	waiting  bool // a request waits for its proof
	results  []policy.Result
	met      bool
	handover bool                   // a data holder hands over to a successor
	exists   func(path string) bool // whether a page to resolve a condition is of this site
}

// closeBegin is the first step: what closing means, and what is milder.
func (p *Pages) closeBegin(v *visit.Visit) error {
	data, err := p.closeData(v, v.Query("policy"))
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.close.title"))
	if err != nil {
		return err
	}
	return v.Show(closeBeginPage(page, data))
}

// closeData reads what is offered; a policy that is not offered is not found.
func (p *Pages) closeData(v *visit.Visit, name string) (d closeData, err error) {
	d.exists = v.Exists
	if d.offered, err = p.Closures.Offered(v.Context()); err != nil {
		return d, err
	}
	if name == "" {
		name = p.Closures.Offer.Default
	}
	i := slices.IndexFunc(d.offered, func(o *policy.Policy) bool { return o.Name == name })
	if i < 0 {
		return d, fault.New(fault.NotFound, "policy_not_found")
	}
	d.chosen, d.holders = d.offered[i], p.Closures.Holders.Describe()
	for _, h := range d.holders {
		d.handover = d.handover || slices.ContainsFunc(h.Items, func(i holder.Described) bool { return i.Action == holder.Reassign })
	}
	_, d.waiting, err = p.waiting(v)
	return d, err
}

// waiting finds the own request that waits for its proof.
func (p *Pages) waiting(v *visit.Visit) (closure.View, bool, error) {
	all, err := p.Closures.List(v.Context(), closure.Filter{Account: v.Account(), State: closure.Requested, Limit: 1})
	if err != nil || len(all) == 0 {
		return closure.View{}, false, err
	}
	return all[0], true, nil
}
