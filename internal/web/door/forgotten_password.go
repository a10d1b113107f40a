package door

import (
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// forgottenPassword asks whose password it is; afterwards it says where to look.
func (p *Pages) forgottenPassword(v *visit.Visit) error {
	return p.showForgottenPassword(v, 200, ui.Form{}, v.Query("asked") == "yes")
}

func (p *Pages) showForgottenPassword(v *visit.Visit, status int, form ui.Form, asked bool) error {
	page, err := v.Page(v.T("page.forgotten.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, forgottenPasswordPage(page, form, asked))
}

// forgottenPasswordSend sends a link, if the name leads to an account that may
// have one. What the person sees is the same for every name.
func (p *Pages) forgottenPasswordSend(v *visit.Visit) error {
	err := required(v, "name")
	if err == nil {
		err = p.Access.AskReset(v.Context(), v.Value("name"), v.Address())
	}
	if err != nil {
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showForgottenPassword(v, form.Problem.Status, form, false)
	}
	return v.Go("/forgotten-password?asked=yes")
}
