package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// identifierRemove takes a sign-in name away.
func (p *Pages) identifierRemove(v *visit.Visit, account string) error {
	return p.Accounts.RemoveIdentifier(v.Context(), v.AsOperator(), account, identifierOf(v))
}
