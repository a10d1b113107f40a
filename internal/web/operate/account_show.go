package operate

import (
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// someone is the account that a page is about. Form is what was refused, if
// anything was.
type someone struct {
	identity.Account
	form ui.Form
}

// someone finds the account in the address.
func (p *Pages) someone(v *visit.Visit) (identity.Account, error) {
	id := v.Part("id")
	if !visit.Plain(id) {
		return identity.Account{}, identity.ErrNoAccount()
	}
	return p.Accounts.Get(v.Context(), id)
}

// tab shows one page about an account, with a status and with what was refused.
type tab func(v *visit.Visit, status int, form ui.Form) error

// get makes a page of it.
func (t tab) get(v *visit.Visit) error { return t(v, 200, ui.Form{}) }

// act makes a form's target: what it does, what it tells, and where it goes. What
// is refused is said on the page that the form stood on.
func (p *Pages) act(stood tab, rest, told string, do func(v *visit.Visit, account string) error) visit.Handler {
	return func(v *visit.Visit) error {
		a, err := p.someone(v)
		if err != nil {
			return err
		}
		if err := do(v, a.ID); err != nil {
			return v.AskAgain(err, stood)
		}
		v.Tell("success", told)
		return v.Go(accountPath(a.ID, rest))
	}
}

// overview is an account as a whole.
type overview struct {
	someone
	grants   []string
	places   []org.Place
	closures []closure.View
	pause    access.Pause
	old      time.Time // since when the password is what it is, where that is long
}

func (o overview) has(role string) bool { return slices.Contains(o.grants, role) }

// mostClosures is how many of an account's closures its page lists.
const mostClosures = 20

// accountShow shows an account as a whole.
func (p *Pages) accountShow(v *visit.Visit, status int, form ui.Form) (err error) {
	d := overview{someone: someone{form: form}}
	if d.Account, err = p.someone(v); err != nil {
		return err
	}
	if d.grants, err = p.Accounts.Grants(v.Context(), d.ID); err != nil {
		return err
	}
	if d.pause, err = p.Access.Rest(v.Context(), d.ID); err != nil {
		return err
	}
	if d.old, err = p.Access.OldPassword(v.Context(), d.ID); err != nil {
		return err
	}
	if d.closures, err = p.Closures.List(v.Context(), closure.Filter{Account: d.ID, Limit: mostClosures}); err != nil {
		return err
	}
	if d.places, err = p.Orgs.Places(v.Context(), d.ID); err != nil {
		return err
	}
	page, err := v.Page(called(&ui.Page{Words: v.Words()}, d.Account))
	if err != nil {
		return err
	}
	return v.ShowAs(status, accountShowPage(page, d))
}
