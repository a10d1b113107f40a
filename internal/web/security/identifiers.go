package security

import (
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// ownName is an identifier of the own account.
type ownName struct {
	identity.Identifier
	verified bool
	handle   string // stands for it in addresses, which personal words must not get into
}

// sendable says whether a code can go there.
func (n ownName) sendable() bool { return n.Kind != identity.Username }

// names gives the identifiers of the own account.
func (p *Pages) names(v *visit.Visit) (all []ownName, err error) {
	a, err := p.Accounts.Get(v.Context(), v.Account())
	for _, id := range a.Identifiers {
		all = append(all, ownName{id, !a.Verified[id].IsZero(), v.Handle(id.Kind + " " + id.Value)})
	}
	return all, err
}

// named finds the identifier that a handle stands for; false: there is none any
// more.
func (p *Pages) named(v *visit.Visit, handle string) (found ownName, all []ownName, ok bool, err error) {
	if all, err = p.names(v); err != nil {
		return found, nil, false, err
	}
	for _, n := range all {
		if n.handle == handle {
			return n, all, true, nil
		}
	}
	return found, all, false, nil
}

// identifiers lists what the person signs in with.
func (p *Pages) identifiers(v *visit.Visit) error {
	all, err := p.names(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.security.identifiers"))
	if err != nil {
		return err
	}
	return v.Show(identifiersPage(page, all))
}

// toIdentifiers leads from where only forms go to the list, for whoever changes
// the language there.
func toIdentifiers(v *visit.Visit) error { return v.Go("/settings/identifiers") }
