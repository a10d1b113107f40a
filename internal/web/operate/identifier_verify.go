package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// identifierVerify notes, by the operator's word, that a name is the person's own.
func (p *Pages) identifierVerify(v *visit.Visit, account string) error {
	return p.Accounts.VouchIdentifier(v.Context(), v.AsOperator(), account, identifierOf(v))
}
