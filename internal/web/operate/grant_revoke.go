package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// grantRevoke takes a role on the platform away.
func (p *Pages) grantRevoke(v *visit.Visit, account string) error {
	role, err := roleOf(v)
	if err != nil {
		return err
	}
	return p.Accounts.Revoke(v.Context(), v.AsOperator(), account, role)
}
