package member

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// profileData is what Signoff knows of a person, for that person's own eyes.
type profileData struct {
	account     identity.Account
	places      []org.Place
	bindings    []identity.Binding
	arrears     int
	todos       int
	grants      []string
	passwordOld time.Time
}

// profile shows what the account holds.
func (p *Pages) profile(v *visit.Visit) error {
	d, err := p.known(v.Context(), v.Account())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.nav.profile"))
	if err != nil {
		return err
	}
	return v.Show(profilePage(page, d))
}

func (p *Pages) known(ctx context.Context, account string) (d profileData, err error) {
	if d.account, err = p.Accounts.Get(ctx, account); err != nil {
		return d, err
	}
	if d.places, err = p.Orgs.Places(ctx, account); err != nil {
		return d, err
	}
	bindings, arrears, err := p.Accounts.Hindrances(ctx, account)
	if err != nil {
		return d, err
	}
	todos, _, err := p.Orgs.Duties(ctx, account)
	if err != nil {
		return d, err
	}
	d.bindings, d.arrears, d.todos = bindings, len(arrears), len(todos)
	if d.grants, err = p.Accounts.Grants(ctx, account); err != nil {
		return d, err
	}
	d.passwordOld, err = p.Access.OldPassword(ctx, account)
	return d, err
}
