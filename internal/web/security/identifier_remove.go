package security

import (
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// identifierRemove asks before nobody can sign in with a name any more.
func (p *Pages) identifierRemove(v *visit.Visit) error {
	n, all, ok, err := p.named(v, v.Query("which"))
	if err != nil {
		return err
	}
	if !ok {
		return identifierGone(v)
	}
	return showIdentifierRemove(v, 200, n, all, ui.Form{})
}

func showIdentifierRemove(v *visit.Visit, status int, n ownName, all []ownName, form ui.Form) error {
	page, err := v.Page(v.T("page.identifiers.remove"))
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(all), func(o ownName) bool { return o == n })
	unreachable := n.verified && !slices.ContainsFunc(others, func(o ownName) bool { return o.verified && o.sendable() })
	return v.ShowAs(status, identifierRemovePage(page, n, unreachable, form))
}

// identifierRemoveSend takes the name away.
func (p *Pages) identifierRemoveSend(v *visit.Visit) error {
	n, all, ok, err := p.named(v, v.Value("which"))
	if err != nil {
		return err
	}
	if !ok {
		return identifierGone(v)
	}
	err = p.Accounts.RemoveIdentifier(v.Context(), v.AsMember(), v.Account(), n.Identifier)
	switch {
	case fault.Is(err, "identifier_not_found"):
		return identifierGone(v)
	case err != nil:
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return showIdentifierRemove(v, form.Problem.Status, n, all, form)
	}
	v.Tell("success", "page.identifiers.removed")
	return v.Go("/settings/identifiers")
}

// identifierGone answers a page of a name that another page has removed.
func identifierGone(v *visit.Visit) error {
	v.Tell("info", "page.identifiers.gone")
	return v.Go("/settings/identifiers")
}
