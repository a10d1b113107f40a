package people

import (
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// orderApprove lets somebody else's order be carried out.
func (p *Pages) orderApprove(v *visit.Visit) error {
	by, err := v.Callers().Commander(v.Context(), v.Caller)
	if err != nil {
		return err
	}
	_, done, err := p.Sessions.Approve(v.Context(), by, v.Part("id"))
	if err != nil {
		return v.AskAgain(err, p.showOrder)
	}
	if done.Ended == session.Everybody {
		v.Tell("success", "page.people.all_signed_out")
	} else {
		v.Tell("success", "page.people.were_signed_out", "number", v.Words().Number(done.Ended))
	}
	return v.Go("/console/orders")
}

// orderRefuse ends somebody else's order: nobody is signed out.
func (p *Pages) orderRefuse(v *visit.Visit) error {
	by, err := v.Callers().Commander(v.Context(), v.Caller)
	if err != nil {
		return err
	}
	if _, err := p.Sessions.Refuse(v.Context(), by, v.Part("id")); err != nil {
		return v.AskAgain(err, p.showOrder)
	}
	v.Tell("success", "page.people.order_refused")
	return v.Go("/console/orders")
}
