package operate

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// entrance is how somebody gets in, and is in now.
type entrance struct {
	someone
	factors  access.FactorList
	sessions []session.Session
}

// accountAccess shows an account's sign-in names, its factors and its sessions.
func (p *Pages) accountAccess(v *visit.Visit, status int, form ui.Form) (err error) {
	d := entrance{someone: someone{form: form}}
	if d.Account, err = p.someone(v); err != nil {
		return err
	}
	if d.factors, err = p.Access.Factors(v.Context(), d.ID); err != nil {
		return err
	}
	if d.sessions, err = p.Sessions.SessionsOf(v.Context(), v.AsOperator(), "", d.ID); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.account.tab.access"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountAccessPage(page, d))
}

// verified says whether a sign-in name was shown to be the person's own.
func (d entrance) verified(id identity.Identifier) bool { return !d.Verified[id].IsZero() }

// kinds are the kinds of sign-in names to choose from.
func kinds(p *ui.Page, names ...string) (out []ui.Option) {
	for _, kind := range names {
		out = append(out, ui.Option{Value: kind, Label: p.T("page.account.kind." + kind)})
	}
	return out
}
