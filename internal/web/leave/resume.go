package leave

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// resumeLink is the link that ends a pause.
var resumeLink = visit.PrivateLink{Path: "/resume-account", Cookie: "signoff_resume"}

// mountResume adds the pages of the link that ends a pause.
func (p *Pages) mountResume(d *visit.Desk) {
	resumeLink.Mount(d, p.resumeLinkRefused)
	d.Get("/resume-account", visit.Anybody(), p.resume)
	d.Post("/resume-account", visit.Anybody(), p.resumeSend)
	d.Post("/resume-account/link-again", visit.Anybody(), p.resumeAsk)
}

// resume is the page of the link. Opening it ends nothing, because mail programs
// open links by themselves: the person presses a button.
func (p *Pages) resume(v *visit.Visit) error {
	return p.showResume(v, 200, ui.Form{}, resumeLink.Token(v) != "")
}

func (p *Pages) resumeLinkRefused(v *visit.Visit, form ui.Form) error {
	return p.showResume(v, form.Problem.Status, form, false)
}

func (p *Pages) showResume(v *visit.Visit, status int, form ui.Form, opened bool) error {
	page, err := v.Page(v.T("page.resume.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, resumePage(page, form, opened))
}

// resumeSend ends the pause. Nobody is signed in by that.
func (p *Pages) resumeSend(v *visit.Visit) error {
	err := p.Access.ResumeByLink(v.Context(), resumeLink.Token(v))
	if err == nil || fault.Is(err, "account_not_paused") { // it has ended by itself, or by another click
		resumeLink.Forget(v)
		v.Tell("success", "page.resume.done")
		return v.Go("/sign-in")
	}
	form, err2 := v.Again(err)
	if err2 != nil {
		return err2
	}
	over := fault.Is(err, "code_wrong")
	if over {
		resumeLink.Forget(v)
	}
	return p.showResume(v, form.Problem.Status, form, !over)
}

// resumeAsk sends a new link to the paused account of a name. What the person
// sees is the same for every name.
func (p *Pages) resumeAsk(v *visit.Visit) error {
	var err error
	if name := v.Value("name"); name == "" {
		err = fault.Wrong().At("name", "required")
	} else {
		_, err = p.Access.SendResumeLink(v.Context(), name, v.Lang)
	}
	if err == nil {
		v.Tell("info", "page.resume.sent")
		return v.Go("/resume-account")
	}
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	return p.showResume(v, form.Problem.Status, form, false)
}
