package security

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// identifierAdd asks for an address or number, or for one that is there already
// and was not verified yet.
func (p *Pages) identifierAdd(v *visit.Visit) error {
	n, _, _, err := p.named(v, v.Query("which"))
	if err != nil {
		return err
	}
	return showIdentifierAdd(v, 200, ui.Form{Values: map[string]string{"value": n.Value}})
}

func showIdentifierAdd(v *visit.Visit, status int, form ui.Form) error {
	page, err := v.Page(v.T("page.identifiers.add"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, identifierAddPage(page, form))
}

// identifierAddSend sends a code there. The page that asks for it is the answer to
// the form, for an address is not to stand in an address.
func (p *Pages) identifierAddSend(v *visit.Visit) error {
	id, err := access.Reachable(v.Value("value"))
	if err == nil {
		_, err = p.Access.AddOwnIdentifier(v.Context(), v.Caller.Session, id)
	}
	if err == nil {
		return showIdentifierCode(v, 200, id.Value, ui.Form{})
	}
	early := fault.Is(err, "too_many_codes") // one is on its way already
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	if early {
		return showIdentifierCode(v, form.Problem.Status, id.Value, form)
	}
	return showIdentifierAdd(v, form.Problem.Status, form)
}
