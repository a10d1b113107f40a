package leave

import (
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// closeConditions is the second step: what stands in the way now.
func (p *Pages) closeConditions(v *visit.Visit) error {
	return p.showConditions(v, 200, v.Query("policy"), ui.Form{})
}

func (p *Pages) showConditions(v *visit.Visit, status int, name string, form ui.Form) error {
	data, err := p.closeData(v, name)
	if err != nil {
		return err
	}
	data.form = form
	if _, data.results, err = p.Closures.Conditions(v.Context(), v.Account(), data.chosen.Name); err != nil {
		return err
	}
	data.met = closure.Met(data.results)
	page, err := v.Page(v.T("page.close.title"))
	if err != nil {
		return err
	}
	if v.Partial() {
		return v.Show(conditionsAgain(page, data))
	}
	return v.ShowAs(status, closeConditionsPage(page, data))
}

// closeRequest asks for the closure: nothing happens until it is confirmed.
func (p *Pages) closeRequest(v *visit.Visit) error {
	if v.Value("check") == "yes" { // with what was typed
		return p.showConditions(v, 200, v.Value("policy"), v.Form())
	}
	successor, err := v.Successor("successor_id")
	if err == nil {
		_, _, err = p.Closures.Request(v.Context(), v.Account(), v.Value("policy"), successor)
	}
	if err == nil || fault.Is(err, "closure_open") {
		return v.Go("/settings/close-account/confirm")
	}
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	return p.showConditions(v, form.Problem.Status, v.Value("policy"), form)
}

// closeWithdraw takes back a request that was not confirmed.
func (p *Pages) closeWithdraw(v *visit.Visit) error {
	c, found, err := p.waiting(v)
	if err != nil {
		return err
	}
	if found {
		if _, err := p.Closures.Withdraw(v.Context(), v.Account(), c.ID); err != nil {
			return err
		}
		v.Tell("success", "page.close.taken_back")
	}
	return v.Go("/settings/close-account")
}
