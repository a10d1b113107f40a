package member

import "github.com/signoff-id/signoff/internal/web/visit"

// billing shows what the person owes. It is settled where it was bought; the
// operator records that it was.
func (p *Pages) billing(v *visit.Visit) error {
	_, owed, err := p.Accounts.Hindrances(v.Context(), v.Account())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.billing.title"))
	if err != nil {
		return err
	}
	return v.Show(billingPage(page, owed))
}
