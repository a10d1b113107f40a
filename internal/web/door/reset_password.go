package door

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// resetPassword is the page of the link that a forgotten password is replaced
// by. Opening it does nothing: mail programs open links by themselves.
func (p *Pages) resetPassword(v *visit.Visit) error {
	return p.showResetPassword(v, 200, ui.Form{}, resetLink.Token(v) != "")
}

func (p *Pages) resetLinkRefused(v *visit.Visit, form ui.Form) error {
	return p.showResetPassword(v, form.Problem.Status, form, false)
}

func (p *Pages) showResetPassword(v *visit.Visit, status int, form ui.Form, opened bool) error {
	page, err := v.Page(v.T("page.reset.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, resetPasswordPage(page, form, opened, p.Access.Accounts.Rules.Least()))
}

// resetPasswordSend sets the new password. The link is used up by that, and all
// sessions of the account are over.
func (p *Pages) resetPasswordSend(v *visit.Visit) error {
	if err := p.Access.ResetPassword(v.Context(), resetLink.Token(v), v.Secret("password"), v.Address()); err != nil {
		form, err2 := v.Again(err)
		if err2 != nil {
			return err2
		}
		over := fault.Is(err, "code_wrong")
		if over {
			resetLink.Forget(v)
		}
		return p.showResetPassword(v, form.Problem.Status, form, !over)
	}
	resetLink.Forget(v)
	v.Tell("success", "page.reset.done")
	return v.Go("/sign-in")
}
