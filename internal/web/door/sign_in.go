package door

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// signInData is what the sign-in page shows.
type signInData struct {
	form     ui.Form
	next     string
	add      bool // another account comes into a browser where somebody is signed in
	open     bool // people may register by themselves
	paused   bool // the account rests: signing in would end that
	passkeys bool // this site has them
}

func (p *Pages) signIn(v *visit.Visit) error {
	next := visit.Next(v.Query("next"), "/")
	if v.Signed() && v.Query("add") == "" {
		return v.Go(next)
	}
	return p.showSignIn(v, 200, signInData{next: next, form: ui.Form{Values: map[string]string{"name": v.Query("name")}}})
}

func (p *Pages) showSignIn(v *visit.Visit, status int, data signInData) error {
	data.add, data.open, data.passkeys = v.Signed(), p.Access.Open, p.Access.Passkeys.Offered()
	page, err := v.Page(v.T("page.sign_in.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, signInPage(page, data))
}

func (p *Pages) signInSend(v *visit.Visit) error {
	v.Keep(v.Value("keep") == "yes")
	next := visit.Next(v.Value("next"), "/")
	done, err := p.Access.SignIn(v.Context(), access.Attempt{Name: v.Value("name"), Password: v.Secret("password"), Device: v.Device(),
		App: platform, Address: v.Address(), Resume: v.Value("resume") == "yes"})
	if err != nil {
		return p.signInRefused(v, err, next)
	}
	if done.Pending != nil {
		p.keepStep(v, done.Pending, next)
		return v.Go("/sign-in/second-factor")
	}
	return p.enter(v, done, next)
}

func (p *Pages) signInRefused(v *visit.Visit, err error, next string) error {
	paused := fault.Is(err, "account_paused") || v.Value("resume") == "yes"
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	return p.showSignIn(v, form.Problem.Status, signInData{form: form, next: next, paused: paused})
}

// enter brings a new session into this browser and goes on.
func (p *Pages) enter(v *visit.Visit, done access.SignedIn, next string) error {
	key, err := p.Browsers.Join(v.Context(), done.Session, v.BrowserKey(), v.Caller.Session)
	if fault.Is(err, "browser_key_not_valid") || fault.Is(err, "browser_not_proved") {
		// Whoever sat here before cannot be shown to be the same person: a list of
		// accounts begins anew.
		key, err = p.Browsers.Join(v.Context(), done.Session, "", v.Caller.Session)
	}
	if err != nil {
		return err
	}
	v.SetSession(done.Token, done.Session.ExpiresAt)
	v.SetBrowser(key)
	switch {
	case done.Withdrew != nil:
		v.Tell("success", "page.sign_in.withdrew")
	case done.Resumed:
		v.Tell("success", "page.sign_in.resumed")
	case !done.PasswordSince.IsZero():
		v.Tell("info", "page.sign_in.password_old", "date", v.Words().Date(done.PasswordSince))
	}
	return v.Go(next)
}
