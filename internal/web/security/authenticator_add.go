package security

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"strings"

	"github.com/a-h/templ"
	"github.com/pquerna/otp"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// enrolData is an app that waits for its first code.
type enrolData struct {
	form    ui.Form
	made    access.Enrolment
	picture templ.SafeURL // of the QR code, as a data: URL
}

// authenticatorAdd asks what the app is to be called.
func (p *Pages) authenticatorAdd(v *visit.Visit) error {
	return p.showAuthenticatorAdd(v, 200, ui.Form{})
}

func (p *Pages) showAuthenticatorAdd(v *visit.Visit, status int, form ui.Form) error {
	d, err := p.authenticatorData(v)
	if err != nil {
		return err
	}
	if d.app != nil {
		return v.Go("/settings/authenticator")
	}
	page, err := v.Page(v.T("page.authenticator.add"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, authenticatorAddPage(page, form))
}

// authenticatorAddSend makes a secret and shows it, this once. Another one that
// was begun in another window counts no more.
func (p *Pages) authenticatorAddSend(v *visit.Visit) error {
	made, err := p.Access.BeginTOTP(v.Context(), v.Account(), v.Value("name"))
	switch {
	case fault.Is(err, "factor_exists"):
		return authenticatorChanged(v)
	case err != nil:
		return v.AskAgain(err, p.showAuthenticatorAdd)
	}
	return p.showEnrol(v, 200, enrolData{made: made})
}

func (p *Pages) showEnrol(v *visit.Visit, status int, d enrolData) (err error) {
	if d.picture, err = qrCode(d.made.URL); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.authenticator.add"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, authenticatorEnrolPage(page, d))
}

// qrSide is how many pixels a side of the QR code has.
const qrSide = 232

// qrCode draws what an app scans. The picture is part of the page: nothing keeps
// it, neither a cache nor an address.
func qrCode(url string) (templ.SafeURL, error) {
	key, err := otp.NewKeyFromURL(url)
	if err != nil {
		return "", err
	}
	drawn, err := key.Image(qrSide, qrSide)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, drawn); err != nil {
		return "", err
	}
	return templ.SafeURL("data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes())), nil
}

// spaced writes a secret in groups of four, as people copy it.
func spaced(secret string) string {
	var groups []string
	for len(secret) > 4 {
		groups, secret = append(groups, secret[:4]), secret[4:]
	}
	return strings.Join(append(groups, secret), " ")
}

// authenticatorConfirm takes the app's first code: from now on it counts. With the
// first factor come recovery codes.
func (p *Pages) authenticatorConfirm(v *visit.Visit) error {
	codes, err := p.Access.ConfirmTOTP(v.Context(), v.Caller.Session, v.Value("id"), v.Value("code"))
	switch {
	case fault.Is(err, "factor_not_found"): // begun again or finished in another window
		return authenticatorChanged(v)
	case err != nil:
		return p.authenticatorConfirmAgain(v, err)
	case len(codes) == 0:
		v.Tell("success", "page.authenticator.added")
		return v.Go("/settings/authenticator")
	}
	v.TellHere("success", "page.authenticator.added")
	return showCodes(v, codes, "/settings/security")
}

// authenticatorConfirmAgain shows the same secret once more: it comes from the
// page itself.
func (p *Pages) authenticatorConfirmAgain(v *visit.Visit, err error) error {
	wrong := fault.Is(err, "code_wrong")
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	if wrong {
		form.Problem.Detail = v.T("page.authenticator.wrong")
		form.Problem.Fields["code"] = form.Problem.Detail
	}
	made, err := p.Access.Begun(v.Context(), v.Account(), v.Value("id"), v.Value("secret"))
	if err != nil {
		return err
	}
	return p.showEnrol(v, form.Problem.Status, enrolData{form: form, made: made})
}

// toAuthenticator leads from where only forms go to the page itself, for whoever
// changes the language there.
func toAuthenticator(v *visit.Visit) error { return v.Go("/settings/authenticator") }
