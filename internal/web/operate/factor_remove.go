package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// factorRemove takes a factor away that its person has lost.
func (p *Pages) factorRemove(v *visit.Visit, account string) error {
	return p.Access.RemoveFactor(v.Context(), v.AsOperator(), account, v.Part("factor"), "")
}
