package review

import "github.com/signoff-id/signoff/internal/web/visit"

// dissolutionRetry makes a data holder's part due now.
func (p *Pages) dissolutionRetry(v *visit.Visit) error {
	if err := p.Dissolutions.Retry(v.Context(), v.AsOperator(), v.Part("id"), v.Part("holder")); err != nil {
		return err
	}
	return retried(v, "/console/dissolutions/"+v.Part("id"))
}
