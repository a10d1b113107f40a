package operate

import (
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// identifierOf reads the sign-in name that a form names. It is never in an
// address.
func identifierOf(v *visit.Visit) identity.Identifier {
	return identity.Identifier{Kind: v.Value("kind"), Value: v.Value("value")}
}

// identifierAdd gives an account one more name to sign in with.
func (p *Pages) identifierAdd(v *visit.Visit, account string) error {
	_, err := p.Accounts.AddIdentifier(v.Context(), v.AsOperator(), account, identifierOf(v))
	return err
}
