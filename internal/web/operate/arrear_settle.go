package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// arrearSettle records that an arrear was paid.
func (p *Pages) arrearSettle(v *visit.Visit, account string) error {
	return p.Accounts.SettleArrear(v.Context(), v.AsOperator(), account, v.Part("arrear"))
}
