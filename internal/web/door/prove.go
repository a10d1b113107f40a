package door

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// proveData is what the page of a fresh proof shows.
type proveData struct {
	form     ui.Form
	next     string
	codes    bool // an authenticator app
	passkeys bool
	recovery bool
	mail     bool // a code may be sent: there is no second factor
	sent     bool // one was
}

// prove asks somebody who is signed in to show once more who it is, before
// something that needs a fresh proof.
func (p *Pages) prove(v *visit.Visit) error {
	return p.showProve(v, http.StatusOK, proveData{next: visit.Next(v.Query("next"), "/"), sent: v.Query("sent") == "yes"})
}

func (p *Pages) showProve(v *visit.Visit, status int, data proveData) error {
	all, err := p.Access.Factors(v.Context(), v.Account())
	if err != nil {
		return err
	}
	has := func(kind string) bool {
		return slices.ContainsFunc(all.Factors, func(f access.Factor) bool { return f.Kind == kind })
	}
	data.codes, data.passkeys = has(access.TOTP), has(access.Passkey) && p.Access.Passkeys.Offered()
	data.recovery, data.mail = all.RecoveryCodes > 0, len(all.Factors) == 0
	page, err := v.Page(v.T("page.prove.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, provePage(page, data))
}

// proveSend takes the proof, and goes on to where the person wanted to go.
func (p *Pages) proveSend(v *visit.Visit) error {
	next := visit.Next(v.Value("next"), "/")
	a := access.Answer{Password: v.Secret("password"), Code: v.Value("code"), RecoveryCode: v.Value("recovery_code"), MailedCode: v.Value("mailed_code")}
	if _, err := p.Access.Prove(v.Context(), v.Caller.Session, a); err != nil {
		return p.proveRefused(v, err, proveData{next: next, sent: a.MailedCode != ""})
	}
	return v.Go(next)
}

func (p *Pages) proveRefused(v *visit.Visit, err error, data proveData) error {
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	data.form = form
	return p.showProve(v, form.Problem.Status, data)
}

// proveCode sends a code to an address or number of the account.
func (p *Pages) proveCode(v *visit.Visit) error {
	next := visit.Next(v.Value("next"), "/")
	if _, err := p.Access.MailProof(v.Context(), v.Caller.Session); err != nil {
		return p.proveRefused(v, err, proveData{next: next, sent: fault.Is(err, "too_many_codes")})
	}
	return v.Go("/prove?sent=yes&next=" + url.QueryEscape(next))
}
