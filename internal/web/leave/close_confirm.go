package leave

import (
	"errors"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// confirmData is what the last step of a closure shows.
type confirmData struct {
	form    ui.Form
	closure closure.View
	work    []work.Lease
	proved  bool // a proof of a moment ago serves
	codes   bool // the person has an app that makes codes, and the policy takes them
	others  bool // the policy takes other proofs than the password
	blocked []policy.Result
	exists  func(path string) bool
}

// closeConfirm is the last step: the proof, and a word that is typed.
func (p *Pages) closeConfirm(v *visit.Visit) error {
	c, found, err := p.waiting(v)
	if err != nil {
		return err
	}
	if !found {
		return v.Go("/settings/close-account")
	}
	work, err := p.Sessions.InHand(v.Context(), session.Own{}.Whose(v.Account()))
	if err != nil {
		return err
	}
	return p.showConfirm(v, 200, confirmData{closure: c, work: work, exists: v.Exists})
}

func (p *Pages) showConfirm(v *visit.Visit, status int, data confirmData) error {
	factors, err := p.Access.Factors(v.Context(), v.Account())
	if err != nil {
		return err
	}
	proof := data.closure.Policy.Proof
	data.proved = p.Access.HasProvedFor(v.Caller.Session, data.closure)
	data.others = slices.ContainsFunc(proof.Methods, func(m string) bool { return m != "password" })
	data.codes = slices.Contains(proof.Methods, "one_time_code") &&
		slices.ContainsFunc(factors.Factors, func(f access.Factor) bool { return f.Kind == access.TOTP })
	page, err := v.Page(v.T("page.close.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, closeConfirmPage(page, data))
}

func (p *Pages) closeConfirmSend(v *visit.Visit) error {
	c, found, err := p.waiting(v)
	if err != nil {
		return err
	}
	if !found {
		return v.Go("/settings/close-account")
	}
	done, err := p.confirm(v, c)
	if err == nil {
		v.ForgetSession(false)
		p.statusLink.Keep(v, done.StatusToken)
		v.Tell("success", "page.status.begun")
		return v.Go("/closure-status")
	}
	data := confirmData{closure: c, exists: v.Exists}
	var pending *work.Pending
	if errors.As(err, &pending) {
		data.work = pending.Leases
	}
	if fault.Is(err, "conditions_not_met") {
		data.blocked = done.Blockers
		return p.showConfirm(v, 409, data)
	}
	if fault.Is(err, "proof_required") { // by this form, which leads to the page of all other proofs
		data.form = v.Form()
		data.form.Problem = v.Problem(err)
	} else if data.form, err = v.Again(err); err != nil {
		return err
	}
	delete(data.form.Values, "code")
	return p.showConfirm(v, data.form.Problem.Status, data)
}

// confirm checks the word first, so that a slip costs no try of the proof.
func (p *Pages) confirm(v *visit.Visit, c closure.View) (closure.Confirmed, error) {
	if !strings.EqualFold(v.Value("word"), v.T("page.close.word")) {
		return closure.Confirmed{}, fault.Wrong().At("word", "closing_word_wrong", "word", v.T("page.close.word"))
	}
	on := v.Caller.Session
	if code := v.Value("code"); code != "" && v.Secret("password") == "" {
		a := access.Answer{Code: code}
		if strings.ContainsAny(code, "-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			a = access.Answer{RecoveryCode: code}
		}
		if _, err := p.Access.Prove(v.Context(), on, a); err != nil {
			return closure.Confirmed{}, err
		}
	}
	confirm := p.Access.ConfirmClosure
	if v.Value("anyway") == "yes" {
		confirm = p.Access.ConfirmClosureAnyway
	}
	return confirm(v.Context(), on, c.ID, v.Secret("password"), v.Address())
}
