package review

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// closureRetry makes a data holder's part due now.
func (p *Pages) closureRetry(v *visit.Visit) error {
	ok, err := p.Closures.Retry(v.Context(), v.AsOperator(), v.Part("id"), v.Part("holder"))
	if err != nil {
		return err
	}
	return retried(v, ok, "/console/closures/"+v.Part("id"))
}

// retried says what became of an operator's push, on the page that it came from.
func retried(v *visit.Visit, ok bool, back string) error {
	if !ok {
		return fault.New(fault.NotFound, "part_not_open", "holder", v.Part("holder"))
	}
	v.Tell("success", "page.part.retried", "holder", v.Part("holder"))
	return v.Go(back)
}
