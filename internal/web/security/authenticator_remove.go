package security

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// authenticatorRemove asks before the app counts no more.
func (p *Pages) authenticatorRemove(v *visit.Visit) error {
	d, err := p.authenticatorData(v)
	if err != nil {
		return err
	}
	if d.app == nil {
		return v.Go("/settings/authenticator")
	}
	page, err := v.Page(v.T("page.authenticator.remove"))
	if err != nil {
		return err
	}
	return v.Show(authenticatorRemovePage(page, d))
}

// authenticatorRemoveSend takes it away, the one that the page named and no other.
func (p *Pages) authenticatorRemoveSend(v *visit.Visit) error {
	err := p.Access.RemoveFactor(v.Context(), v.AsMember(), v.Account(), v.Value("id"), v.Caller.Session.ID)
	if fault.Is(err, "factor_not_found") {
		return authenticatorChanged(v)
	}
	if err != nil {
		return err
	}
	v.Tell("success", "page.authenticator.removed")
	return v.Go("/settings/security")
}
