package operate

import (
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// accountsData is what the list of accounts shows.
type accountsData struct {
	all   []identity.Account
	state identity.State // "" for every one
	pages ui.Paging
	form  ui.Form // of finding one
}

func (d accountsData) states(p *ui.Page) []ui.Option {
	out := []ui.Option{{Label: p.T("page.account.every_state")}}
	for _, s := range identity.States() {
		out = append(out, ui.Option{Value: string(s), Label: p.T("page.account.state." + string(s))})
	}
	return out
}

// accountList shows all accounts, the oldest first.
func (p *Pages) accountList(v *visit.Visit) error { return p.showAccounts(v, 200, ui.Form{}) }

func (p *Pages) showAccounts(v *visit.Visit, status int, form ui.Form) error {
	d := accountsData{state: identity.State(v.Query("state")), form: form}
	if !slices.Contains(identity.States(), d.state) {
		d.state = ""
	}
	found, err := p.Accounts.List(v.Context(), identity.Filter{State: d.state, After: v.After(), Limit: perPage + 1})
	if err != nil {
		return err
	}
	var next string
	d.all, next = visit.Cut(found, perPage, func(a identity.Account) string { return a.ID })
	d.pages = v.Paging(next, "/console/accounts", "state", string(d.state))
	page, err := v.Page(v.T("page.account.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountListPage(page, d))
}

// accountFind leads to the account with a sign-in name. The name is sent as a
// form because it is personal and must not stand in an address.
func (p *Pages) accountFind(v *visit.Visit) error {
	name := v.Value("name")
	a, err := p.Accounts.Find(v.Context(), name)
	if fault.Is(err, "account_not_found") && visit.Plain(name) {
		a, err = p.Accounts.Get(v.Context(), name)
	}
	if fault.Is(err, "account_not_found") {
		err = fault.New(fault.NotFound, "account_not_found").At("name", "account_not_found")
	}
	if err != nil {
		return v.AskAgain(err, p.showAccounts)
	}
	return v.Go("/console/accounts/" + a.ID)
}
