package operate

import (
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// trial is a policy, held against one account.
type trial struct {
	policy  *policy.Policy
	form    ui.Form
	done    bool
	results []policy.Result
}

func (t trial) met() bool { return closure.Met(t.results) }

// policyTry asks for the account.
func (p *Pages) policyTry(v *visit.Visit) error {
	one, err := p.Closures.Policy(v.Context(), v.Part("name"))
	if err != nil {
		return err
	}
	return p.showTrial(v, 200, trial{policy: one})
}

func (p *Pages) showTrial(v *visit.Visit, status int, t trial) error {
	page, err := v.Page(v.T("page.policy.try_title", "title", t.policy.Title.In(v.Lang)))
	if err != nil {
		return err
	}
	return v.ShowAs(status, policyTryPage(page, t))
}

// policyTrySend says what of the policy's conditions holds for an account now.
// It changes nothing; it is sent as a form because a name is personal and must
// not stand in an address.
func (p *Pages) policyTrySend(v *visit.Visit) error {
	one, err := p.Closures.Policy(v.Context(), v.Part("name"))
	if err != nil {
		return err
	}
	a, err := p.Accounts.Find(v.Context(), v.Value("name"))
	if fault.Is(err, "account_not_found") {
		err = fault.New(fault.NotFound, "account_not_found").At("name", "account_not_found")
	}
	if err != nil {
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showTrial(v, form.Problem.Status, trial{policy: one, form: form})
	}
	t := trial{policy: one, form: v.Form(), done: true}
	if _, t.results, err = p.Closures.Try(v.Context(), a.ID, one.Name); err != nil {
		return err
	}
	return p.showTrial(v, 200, t)
}
