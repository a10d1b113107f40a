package security

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// authenticatorRename gives the app another name.
func (p *Pages) authenticatorRename(v *visit.Visit) error {
	err := p.Access.RenameFactor(v.Context(), v.Account(), v.Value("id"), v.Value("name"))
	switch {
	case fault.Is(err, "factor_not_found"):
		return authenticatorChanged(v)
	case err != nil:
		return v.AskAgain(err, p.showAuthenticator)
	}
	v.Tell("success", "page.authenticator.renamed")
	return v.Go("/settings/authenticator")
}

// authenticatorChanged answers a form of an app that another page has removed or
// replaced.
func authenticatorChanged(v *visit.Visit) error {
	v.Tell("warning", "page.authenticator.changed")
	return v.Go("/settings/authenticator")
}
