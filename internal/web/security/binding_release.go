package security

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// bindingRelease asks before the link to an outside service ends.
func (p *Pages) bindingRelease(v *visit.Visit) error {
	b, err := p.bindingOf(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.bindings.release"))
	if err != nil {
		return err
	}
	return v.Show(bindingReleasePage(page, b))
}

// bindingReleaseSend ends it. One that another page has released is released.
func (p *Pages) bindingReleaseSend(v *visit.Visit) error {
	err := p.Accounts.Release(v.Context(), v.AsMember(), v.Account(), v.Part("id"))
	if err != nil && !fault.Is(err, "binding_not_found") {
		return err
	}
	if err == nil {
		v.Tell("success", "page.bindings.released")
	} else {
		v.Tell("info", "page.bindings.gone")
	}
	return v.Go("/settings/bindings")
}
