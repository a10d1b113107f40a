package leave

import (
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/show"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// statusData is what the private page of a closure shows.
type statusData struct {
	closure.View
	link    string            // the private link, to be kept
	holders map[string]string // what the data holders are called, by name
}

// mountStatus adds the pages that the private link of a closure opens: they need
// no sign-in, and stay after the account has gone.
func (p *Pages) mountStatus(d *visit.Desk) {
	p.statusLink = visit.PrivateLink{Path: "/closure-status", Cookie: "signoff_closure", Check: p.checkStatusLink}
	p.statusLink.Mount(d, p.statusRefused)
	d.Get("/closure-status", visit.Anybody(), p.status)
	d.Get("/closure-status/withdraw", visit.Anybody(), p.statusWithdraw)
	d.Post("/closure-status/withdraw", visit.Anybody(), p.statusWithdrawSend)
	d.Get("/closure-status/certificate", visit.Anybody(), p.statusCertificate)
	d.Get("/closure-status/certificate/file", visit.Anybody(), p.statusCertificateFile)
}

func (p *Pages) checkStatusLink(v *visit.Visit, token string) error {
	return p.Access.CheckStatusLink(v.Context(), token, v.Address())
}

// status shows how far the closure is, or asks for the link, also for another one.
func (p *Pages) status(v *visit.Visit) error {
	token := p.statusLink.Token(v)
	if token == "" && v.Partial() {
		return v.Go("/closure-status")
	}
	if token == "" || v.Query("other") == "yes" {
		return p.askStatusLink(v, 200, ui.Form{})
	}
	view, err := p.closureOf(v, token)
	if err != nil {
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.statusRefused(v, form)
	}
	page, err := v.Page(v.T("page.status.title"))
	if err != nil {
		return err
	}
	data := statusData{View: view, link: p.Closures.StatusLink(token), holders: map[string]string{}}
	for _, h := range p.Closures.Holders.Describe() {
		data.holders[h.Name] = show.HolderTitle(page, h)
	}
	if v.Partial() { // looking by itself keeps nothing open
		return v.Show(statusNow(page, data))
	}
	p.statusLink.Keep(v, token)
	return v.Show(statusPage(page, data))
}

// closureOf reads the closure of a link's token. One that is none leaves the
// browser.
func (p *Pages) closureOf(v *visit.Visit, token string) (closure.View, error) {
	err := p.checkStatusLink(v, token)
	if fault.Is(err, "status_link_not_valid") {
		p.statusLink.Forget(v)
	}
	if err != nil {
		return closure.View{}, err
	}
	return p.Closures.Status(v.Context(), token)
}

func (p *Pages) statusRefused(v *visit.Visit, form ui.Form) error {
	return p.askStatusLink(v, form.Problem.Status, form)
}

func (p *Pages) askStatusLink(v *visit.Visit, status int, form ui.Form) error {
	page, err := v.Page(v.T("page.status.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, statusAskPage(page, form))
}

// ahead is a step that is still to come, with the words about when.
type ahead struct{ label, when string }

// stepsAhead says what is still to come of a closure that nobody takes back.
func stepsAhead(p *ui.Page, v closure.View) (all []ahead) {
	if v.State.Ended() {
		return nil
	}
	if v.State == closure.InReview {
		all = append(all, ahead{p.T("page.status.ahead.review"), by(p, v.ReviewDueAt)})
	}
	if v.CanWithdraw() && v.Policy.CoolingOff != nil {
		when := ""
		if !v.CoolingUntil.IsZero() {
			when = p.DateTime(v.CoolingUntil)
		}
		all = append(all, ahead{p.T("page.status.ahead.cooling"), when})
	}
	erased := ahead{p.T("page.status.ahead.erased"), show.Deadline(p, v.Policy.Deadline)}
	if v.State == closure.Erasing {
		erased.when = by(p, v.DeadlineAt)
	}
	return append(all, erased, ahead{label: p.T("page.status.ahead.certificate")})
}

func by(p *ui.Page, due time.Time) string {
	if due.IsZero() {
		return ""
	}
	return p.T("page.status.by", "day", p.LastDay(due))
}

// partWords says where a data holder's part stands, and its colour: a failure is
// the operator's to know, and the person's only that it takes longer.
func partWords(p *ui.Page, part erasure.Part) (colour, words string) {
	switch {
	case part.Done():
		return "green", p.T("page.status.part.done")
	case part.LastError != "":
		return "yellow", p.T("page.status.part.again")
	case !part.ErasedAt.IsZero():
		return "blue", p.T("page.status.part.checked")
	default:
		return "secondary", p.T("page.status.part.open")
	}
}

// stateIcon pictures where a closure stands.
func stateIcon(s closure.State) string {
	switch s {
	case closure.InReview:
		return "gavel"
	case closure.CoolingOff:
		return "hourglass"
	case closure.Erasing:
		return "trash"
	case closure.Closed:
		return "certificate"
	case closure.Withdrawn:
		return "user-check"
	default:
		return "info-circle"
	}
}
