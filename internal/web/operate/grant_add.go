package operate

import (
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// roleOf reads which of the platform's roles is meant.
func roleOf(v *visit.Visit) (string, error) {
	if role := v.Part("role"); slices.Contains(identity.Roles(), role) {
		return role, nil
	}
	return "", fault.New(fault.NotFound, "not_found")
}

// grantAdd gives an account a role on the platform.
func (p *Pages) grantAdd(v *visit.Visit, account string) error {
	role, err := roleOf(v)
	if err != nil {
		return err
	}
	return p.Accounts.Grant(v.Context(), v.AsOperator(), account, role)
}
