package security

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// bindings lists the outside services that the account is bound to.
func (p *Pages) bindings(v *visit.Visit) error {
	all, _, err := p.Accounts.Hindrances(v.Context(), v.Account())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.security.bindings"))
	if err != nil {
		return err
	}
	return v.Show(bindingsPage(page, all))
}

// bindingOf gives the own binding that the address names.
func (p *Pages) bindingOf(v *visit.Visit) (identity.Binding, error) {
	all, _, err := p.Accounts.Hindrances(v.Context(), v.Account())
	if err != nil {
		return identity.Binding{}, err
	}
	for _, b := range all {
		if b.ID == v.Part("id") {
			return b, nil
		}
	}
	return identity.Binding{}, fault.New(fault.NotFound, "binding_not_found")
}
