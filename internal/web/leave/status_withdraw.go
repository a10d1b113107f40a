package leave

import (
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// statusWithdraw asks once more before the closure is taken back.
func (p *Pages) statusWithdraw(v *visit.Visit) error {
	view, ok, err := p.underLink(v)
	if err != nil || !ok {
		return err
	}
	if !view.CanWithdraw() {
		return v.Go("/closure-status")
	}
	page, err := v.Page(v.T("page.status.withdraw"))
	if err != nil {
		return err
	}
	return v.Show(statusWithdrawPage(page, view))
}

// underLink gives the closure of this browser's link. Where there is none it
// answers by the page that asks for the link: then ok is false.
func (p *Pages) underLink(v *visit.Visit) (view closure.View, ok bool, err error) {
	token := p.statusLink.Token(v)
	if token == "" {
		return view, false, v.Go("/closure-status")
	}
	if view, err = p.closureOf(v, token); err == nil {
		return view, true, nil
	}
	form, err := v.Again(err)
	if err != nil {
		return view, false, err
	}
	return view, false, p.statusRefused(v, form)
}

// statusWithdrawSend takes the closure back. Nobody is signed in by that.
func (p *Pages) statusWithdrawSend(v *visit.Visit) error {
	_, ok, err := p.underLink(v)
	if err != nil || !ok {
		return err
	}
	_, err = p.Closures.WithdrawByLink(v.Context(), p.statusLink.Token(v))
	switch {
	case fault.Is(err, "closure_state"), fault.Is(err, "closure_changed"):
		v.Tell("warning", "page.status.changed") // the page says to what
	case err != nil:
		return err
	default:
		v.Tell("success", "page.status.withdrawn")
	}
	return v.Go("/closure-status")
}
