package security

import (
	"slices"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// passkeys lists the person's passkeys.
func (p *Pages) passkeys(v *visit.Visit) error {
	all, err := p.Access.Factors(v.Context(), v.Account())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.security.passkey.title"))
	if err != nil {
		return err
	}
	own := slices.DeleteFunc(all.Factors, func(f access.Factor) bool { return f.Kind != access.Passkey })
	return v.Show(passkeysPage(page, own, p.Access.Passkeys.Offered()))
}

// ownPasskey finds one of the person's passkeys, and says whether it is the only
// factor. What is not the person's own is not there.
func (p *Pages) ownPasskey(v *visit.Visit) (f access.Factor, last bool, err error) {
	all, err := p.Access.Factors(v.Context(), v.Account())
	if err != nil {
		return f, false, err
	}
	i := slices.IndexFunc(all.Factors, func(f access.Factor) bool { return f.ID == v.Part("id") && f.Kind == access.Passkey })
	if i < 0 {
		return f, false, fault.New(fault.NotFound, "factor_not_found")
	}
	return all.Factors[i], len(all.Factors) == 1, nil
}
