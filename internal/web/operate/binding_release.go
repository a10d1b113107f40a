package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// bindingRelease ends an account's link to an outside service.
func (p *Pages) bindingRelease(v *visit.Visit, account string) error {
	return p.Accounts.Release(v.Context(), v.AsOperator(), account, v.Part("binding"))
}
