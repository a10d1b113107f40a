package security

import (
	"net/http"
	"strings"

	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// passkeyAdd asks for a new passkey, and what it shall be called.
func (p *Pages) passkeyAdd(v *visit.Visit) error {
	return p.showPasskeyAdd(v, http.StatusOK, ui.Form{})
}

func (p *Pages) showPasskeyAdd(v *visit.Visit, status int, form ui.Form) error {
	page, err := v.Page(v.T("page.security.passkey.add"))
	if err != nil {
		return err
	}
	on := v.Device()
	name := strings.Trim(on.System+" · "+on.Client, " ·")
	return v.ShowAs(status, passkeyAddPage(page, form, name, p.Access.Passkeys.Offered()))
}

// passkeyAddAsk gives the question; see passkey.js.
func (p *Pages) passkeyAddAsk(v *visit.Visit) error {
	asked, err := p.Access.BeginPasskey(v.Context(), v.Caller.Session)
	if err != nil {
		return err
	}
	return v.AskPasskey(asked)
}

// passkeyAddSend keeps the new passkey. Recovery codes that come with it are told
// this once.
func (p *Pages) passkeyAddSend(v *visit.Visit) error {
	step, answer := v.PasskeyAnswer()
	_, codes, err := p.Access.AddPasskey(v.Context(), v.Caller.Session, step, v.Value("name"), answer)
	if err != nil {
		return v.AskAgain(err, p.showPasskeyAdd)
	}
	if len(codes) == 0 {
		v.Tell("success", "page.security.passkey.added")
		return v.Go("/settings/passkeys")
	}
	v.TellHere("success", "page.security.passkey.added")
	return showCodes(v, codes, "/settings/passkeys")
}
