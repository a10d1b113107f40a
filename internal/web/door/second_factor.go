package door

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// stepCookie keeps the first half of a sign-in, with what comes after it.
const stepCookie = "signoff_step"

// secondFactorData is what the page of the second factor shows.
type secondFactorData struct {
	form ui.Form
	access.Pending
}

func (d secondFactorData) by(method string) bool { return slices.Contains(d.Methods, method) }

// only says whether a method is the only one.
func (d secondFactorData) only(method string) bool { return d.by(method) && len(d.Methods) == 1 }

func (p *Pages) keepStep(v *visit.Visit, pending *access.Pending, next string) {
	v.SetCookie(stepCookie, pending.Token+" "+next, pending.ExpiresAt.Sub(v.Now()).Round(time.Second))
}

func step(v *visit.Visit) (token, next string) {
	token, next, _ = strings.Cut(v.Cookie(stepCookie), " ")
	return token, visit.Next(next, "/")
}

func (p *Pages) secondFactor(v *visit.Visit) error {
	if token, _ := step(v); token == "" {
		return v.Go("/sign-in")
	}
	return p.showSecondFactor(v, http.StatusOK, ui.Form{})
}

// showSecondFactor shows what the first half waits for, which may be over.
func (p *Pages) showSecondFactor(v *visit.Visit, status int, form ui.Form) error {
	token, _ := step(v)
	pending, err := p.Access.Waiting(v.Context(), token)
	if fault.Is(err, "step_not_valid") {
		return stepOver(v)
	}
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.second_factor.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, secondFactorPage(page, secondFactorData{form, pending}))
}

func stepOver(v *visit.Visit) error {
	v.SetCookie(stepCookie, "", -1)
	v.Tell("warning", "page.second_factor.over")
	return v.Go("/sign-in")
}

func (p *Pages) secondFactorSend(v *visit.Visit) error {
	token, next := step(v)
	a := access.Answer{Code: v.Value("code"), RecoveryCode: v.Value("recovery_code"), Passkey: []byte(v.Value("passkey"))}
	done, err := p.Access.SecondFactor(v.Context(), token, a, v.Address())
	switch {
	case fault.Is(err, "step_not_valid"):
		return stepOver(v)
	case err != nil:
		return v.AskAgain(err, p.showSecondFactor)
	}
	v.SetCookie(stepCookie, "", -1)
	return p.enter(v, done, next)
}
