package review

import "github.com/signoff-id/signoff/internal/web/visit"

// dissolutionWithdraw ends a dissolution while its notice is not over.
func (p *Pages) dissolutionWithdraw(v *visit.Visit) error {
	by, err := leader(v)
	if err != nil {
		return err
	}
	if _, err := p.Dissolutions.Withdraw(v.Context(), by, v.Part("id")); err != nil {
		return err
	}
	v.Tell("success", "page.dissolutions.withdrawn")
	return v.Go("/console/dissolutions/" + v.Part("id"))
}
