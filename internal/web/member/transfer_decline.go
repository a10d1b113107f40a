package member

import "github.com/signoff-id/signoff/internal/web/visit"

// transferDecline lets the successor say no.
func (p *Pages) transferDecline(v *visit.Visit) error {
	t, err := p.transferIn(v)
	if err != nil {
		return err
	}
	_, err = p.Orgs.DeclineTransfer(v.Context(), v.Account(), t.ID)
	return answered(v, err, "page.hand_over.declined")
}
