package door

import (
	"encoding/base64"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// askedCookie keeps what a code was sent to, between the two pages.
const askedCookie = "signoff_register"

// registerData is what the pages of a registration show.
type registerData struct {
	form    ui.Form
	open    bool   // people may register by themselves
	address string // what a code was sent to
	linked  bool   // an operator's link stands in for the code
	least   int    // characters of a password
}

// register asks for an address or number first, then for the code that was sent
// to it. It is the page of an operator's link, too, which works even where
// people may not register by themselves.
func (p *Pages) register(v *visit.Visit) error { return p.showRegister(v, 200, ui.Form{}) }

func (p *Pages) registerRefused(v *visit.Visit, form ui.Form) error {
	return p.showRegister(v, form.Problem.Status, form)
}

func (p *Pages) showRegister(v *visit.Visit, status int, form ui.Form) error {
	page, err := v.Page(v.T("page.register.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, registerPage(page, registerData{form: form, open: p.Access.Open, address: askedFor(v),
		linked: registerLink.Token(v) != "", least: p.Access.Accounts.Rules.Least()}))
}

func askedFor(v *visit.Visit) string {
	address, err := base64.RawURLEncoding.DecodeString(v.Cookie(askedCookie))
	if err != nil {
		return ""
	}
	return string(address)
}

// registerSend sends a code. A taken address is answered like a free one: its
// owner is told, and whoever types here learns nothing.
func (p *Pages) registerSend(v *visit.Visit) error {
	id, err := access.Reachable(v.Value("value"))
	if err == nil {
		_, err = p.Access.BeginRegistration(v.Context(), id, v.Lang, v.Address())
	}
	if err != nil {
		return v.AskAgain(err, p.showRegister)
	}
	v.SetCookie(askedCookie, base64.RawURLEncoding.EncodeToString([]byte(id.Value)), onetime.CodeTTL)
	return v.Go("/register")
}

// registerComplete makes the account and signs the person in.
func (p *Pages) registerComplete(v *visit.Visit) error {
	in := access.Registration{Link: registerLink.Token(v), Name: v.Value("name"), Locale: v.Lang, Password: v.Secret("password")}
	typed := askedFor(v)
	if in.Link != "" {
		typed = v.Value("value")
	} else {
		in.Code = v.Value("code")
	}
	id, err := access.Reachable(typed)
	if err == nil {
		in.Identifier = id
		_, err = p.Access.Register(v.Context(), in, v.Address())
	}
	if err != nil {
		return v.AskAgain(err, p.showRegister)
	}
	p.forgetRegistration(v)
	v.Tell("success", "page.register.done")
	done, err := p.Access.SignIn(v.Context(), access.Attempt{Name: id.Value, Password: in.Password, Device: v.Device(), App: platform, Address: v.Address()})
	if err != nil || done.Pending != nil {
		return v.Go("/sign-in") // there is an account: nothing of it may be lost by what came after
	}
	return p.enter(v, done, "/")
}

// registerAgain begins anew: with another address, or without the link.
func (p *Pages) registerAgain(v *visit.Visit) error {
	p.forgetRegistration(v)
	return v.Go("/register")
}

func (p *Pages) forgetRegistration(v *visit.Visit) {
	registerLink.Forget(v)
	v.SetCookie(askedCookie, "", -1)
}
