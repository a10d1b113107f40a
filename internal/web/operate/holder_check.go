package operate

import "github.com/signoff-id/signoff/internal/web/visit"

// holderCheck asks a data holder whether it is ready. What it says is on its page.
func (p *Pages) holderCheck(v *visit.Visit) error {
	done, err := p.Holders.Check(v.Context(), v.Part("name"))
	if err != nil {
		return err
	}
	if done.Problem == nil {
		v.Tell("success", "page.holder.ready_now", "name", done.Holder)
	} else {
		v.Tell("danger", "page.holder.not_ready_now", "name", done.Holder)
	}
	return v.Go("/console/holders/" + done.Holder)
}
