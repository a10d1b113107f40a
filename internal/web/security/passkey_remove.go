package security

import "github.com/signoff-id/signoff/internal/web/visit"

// passkeyRemove asks, and says what goes with it.
func (p *Pages) passkeyRemove(v *visit.Visit) error {
	f, last, err := p.ownPasskey(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.security.passkey.remove"))
	if err != nil {
		return err
	}
	return v.Show(passkeyRemovePage(page, f, last))
}

func (p *Pages) passkeyRemoveSend(v *visit.Visit) error {
	f, _, err := p.ownPasskey(v)
	if err != nil {
		return err
	}
	on := v.Caller.Session
	if err := p.Access.RemoveFactor(v.Context(), v.AsMember(), on.Account, f.ID, on.ID); err != nil {
		return err
	}
	v.Tell("success", "page.security.passkey.removed")
	return v.Go("/settings/passkeys")
}
