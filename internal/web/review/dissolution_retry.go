package review

import "github.com/signoff-id/signoff/internal/web/visit"

// dissolutionRetry makes a data holder's part due now.
func (p *Pages) dissolutionRetry(v *visit.Visit) error {
	ok, err := p.Dissolutions.Retry(v.Context(), v.AsOperator(), v.Part("id"), v.Part("holder"))
	if err != nil {
		return err
	}
	return retried(v, ok, "/console/dissolutions/"+v.Part("id"))
}
