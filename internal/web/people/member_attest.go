package people

import (
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// memberAttest records that a duty tied to a member's office has been met.
func (p *Pages) memberAttest(v *visit.Visit) error {
	l, m, err := p.enterMember(v)
	if err != nil {
		return err
	}
	_, err = p.Orgs.Attest(v.Context(), l.by, org.Attestation{Account: m.Account, Organisation: l.ID, Kind: v.Value("kind"), Evidence: v.Value("evidence")})
	if err != nil {
		return p.memberAgain(v, l, m, "attest", err)
	}
	v.Tell("success", "page.people.was_attested")
	return v.Go(l.person(m.Account))
}
