package security

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

func showIdentifierCode(v *visit.Visit, status int, value string, form ui.Form) error {
	page, err := v.Page(v.T("page.identifiers.verify"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, identifierCodePage(page, value, form))
}

// identifierVerify takes the code that was sent, and with it the address or number.
func (p *Pages) identifierVerify(v *visit.Visit) error {
	id, err := access.Reachable(v.Value("value"))
	if err != nil {
		return toIdentifiers(v) // the page carries it: nobody has typed it
	}
	if v.Value("code") == "" {
		err = fault.Wrong().At("code", "required")
	} else {
		err = p.Access.VerifyOwnIdentifier(v.Context(), v.Caller.Session, id, v.Value("code"))
	}
	if err != nil {
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return showIdentifierCode(v, form.Problem.Status, id.Value, form)
	}
	v.Tell("success", "page.identifiers.verified")
	return v.Go("/settings/identifiers")
}
