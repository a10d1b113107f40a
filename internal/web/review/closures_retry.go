package review

import "github.com/signoff-id/signoff/internal/web/visit"

// closureRetry makes a data holder's part due now.
func (p *Pages) closureRetry(v *visit.Visit) error {
	if err := p.Closures.Retry(v.Context(), v.AsOperator(), v.Part("id"), v.Part("holder")); err != nil {
		return err
	}
	return retried(v, "/console/closures/"+v.Part("id"))
}

// retried tells of an operator's push on the page that it came from.
func retried(v *visit.Visit, back string) error {
	v.Tell("success", "page.part.retried", "holder", v.Part("holder"))
	return v.Go(back)
}
