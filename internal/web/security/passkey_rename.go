package security

import (
	"net/http"

	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// passkeyRename asks for another name.
func (p *Pages) passkeyRename(v *visit.Visit) error {
	return p.showPasskeyRename(v, http.StatusOK, ui.Form{})
}

func (p *Pages) showPasskeyRename(v *visit.Visit, status int, form ui.Form) error {
	f, _, err := p.ownPasskey(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.security.passkey.rename"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, passkeyRenamePage(page, form, f))
}

func (p *Pages) passkeyRenameSend(v *visit.Visit) error {
	f, _, err := p.ownPasskey(v)
	if err != nil {
		return err
	}
	if err := p.Access.RenameFactor(v.Context(), v.Account(), f.ID, v.Value("name")); err != nil {
		return v.AskAgain(err, p.showPasskeyRename)
	}
	v.Tell("success", "page.security.passkey.renamed")
	return v.Go("/settings/passkeys")
}
