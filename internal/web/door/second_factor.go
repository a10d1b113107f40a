package door

import (
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
	form    ui.Form
	methods []string
}

func (p *Pages) keepStep(v *visit.Visit, pending *access.Pending, next string) {
	v.SetCookie(stepCookie, pending.Token+" "+strings.Join(pending.Methods, ",")+" "+next, pending.ExpiresAt.Sub(v.Now()).Round(time.Second))
}

func step(v *visit.Visit) (token string, methods []string, next string) {
	parts := strings.SplitN(v.Cookie(stepCookie), " ", 3)
	if len(parts) != 3 {
		return "", nil, ""
	}
	return parts[0], strings.Split(parts[1], ","), visit.Next(parts[2], "/")
}

func (p *Pages) secondFactor(v *visit.Visit) error {
	token, methods, _ := step(v)
	if token == "" {
		return v.Go("/sign-in")
	}
	return p.showSecondFactor(v, 200, secondFactorData{methods: methods})
}

func (p *Pages) showSecondFactor(v *visit.Visit, status int, data secondFactorData) error {
	page, err := v.Page(v.T("page.second_factor.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, secondFactorPage(page, data))
}

func (p *Pages) secondFactorSend(v *visit.Visit) error {
	token, methods, next := step(v)
	done, err := p.Access.SecondFactor(v.Context(), token, access.Answer{Code: v.Value("code"), RecoveryCode: v.Value("recovery_code")}, v.Address())
	switch {
	case fault.Is(err, "step_not_valid"):
		v.SetCookie(stepCookie, "", -1)
		v.Tell("warning", "page.second_factor.over")
		return v.Go("/sign-in")
	case err != nil:
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showSecondFactor(v, form.Problem.Status, secondFactorData{form: form, methods: methods})
	}
	v.SetCookie(stepCookie, "", -1)
	return p.enter(v, done, next)
}
