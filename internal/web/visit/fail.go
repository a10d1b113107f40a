package visit

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// fail answers an error: who is not signed in goes to the sign-in and comes back
// afterwards, who has to prove the identity does that first, and everybody else
// reads what happened.
func (v *Visit) fail(err error) {
	switch {
	case fault.Is(err, "unauthenticated"), fault.Is(err, "session_not_valid"):
		if v.ended {
			v.SetCookie(sessionCookie, "", -1)
			v.Tell("warning", "page.session_ended")
		}
		_ = v.Go("/sign-in?next=" + url.QueryEscape(v.comesBack()))
	case fault.Is(err, "proof_required"):
		_ = v.Go("/prove?next=" + url.QueryEscape(v.comesBack()))
	default:
		p := v.desk.Site.Problem(v.Context(), err)
		v.desk.showError(v, p)
	}
}

// comesBack is the page to return to: of a form, the page that it stood on. A form
// that was refused stands where it was sent to, which may be no page to come to.
func (v *Visit) comesBack() string {
	if v.R.Method == http.MethodGet && !v.Partial() {
		return v.R.URL.RequestURI()
	}
	for _, from := range []string{v.R.Header.Get("HX-Current-URL"), v.R.Referer()} {
		if u, err := url.Parse(from); err == nil && v.Exists(u.Path) && (u.Host == "" || u.Host == v.R.Host) {
			return u.RequestURI()
		}
	}
	return "/"
}

// Problem puts a refusal into the person's words. Fields are named as the form
// names them: the last part of the API's path.
func (v *Visit) Problem(err error) *ui.Problem { return shape(v.desk.Site.Problem(v.Context(), err)) }

func shape(p *httpserver.Problem) *ui.Problem {
	out := &ui.Problem{Status: p.Status, Code: p.Code, Title: p.Title, Detail: p.Detail, Fields: map[string]string{}}
	for _, f := range p.Errors {
		name := f.Path[strings.LastIndexByte(f.Path, '.')+1:]
		out.Fields[name] = f.Detail
	}
	return out
}

// Again is a form that was refused: with what was typed but secrets, and what was
// wrong. It fails for what no form can help: then the error is answered as such.
func (v *Visit) Again(err error) (ui.Form, error) {
	e := fault.Of(err)
	if e.Kind == fault.Internal || e.Code == "unauthenticated" || e.Code == "session_not_valid" || e.Code == "proof_required" {
		return ui.Form{}, err
	}
	form := v.Form()
	form.Problem = v.Problem(err)
	switch { // in words of pages, where those of the API speak of requests
	case e.Kind == fault.Unauthenticated: // somebody is in: "please sign in" would be no help
		form.Problem.Title = v.T("page.not_right")
	case len(form.Problem.Fields) > 0:
		form.Problem.Title, form.Problem.Detail = v.T("page.look_again"), v.T("page.look_again_text")
	}
	return form, nil
}

// AskAgain shows the page of a form that was refused; see Again.
func (v *Visit) AskAgain(err error, show func(v *Visit, status int, form ui.Form) error) error {
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	return show(v, form.Problem.Status, form)
}

// Form is what was typed.
func (v *Visit) Form() ui.Form {
	form := ui.Form{Values: map[string]string{}}
	for name := range v.R.PostForm {
		if name != "form_token" && name != "page_version" && !strings.Contains(name, "password") {
			form.Values[name] = v.R.PostForm.Get(name)
		}
	}
	return form
}

// showError answers with a page that says what happened, or with the part of one.
func (d *Desk) showError(v *Visit, problem *httpserver.Problem) {
	shown := shape(problem)
	p, err := v.Page(shown.Title)
	if err != nil {
		p = v.bare(shown.Title)
	}
	switch {
	case v.Partial():
		_ = v.ShowAs(shown.Status, ui.Trouble(ui.Form{Problem: shown}))
	case p.Signed():
		_ = v.ShowAs(shown.Status, ui.MemberFailure(p, shown))
	default:
		_ = v.ShowAs(shown.Status, ui.DoorFailure(p, shown))
	}
}

// ErrorPage answers what went wrong outside of any page: a wrong address, a panic,
// a body that was too large.
func (d *Desk) ErrorPage(w http.ResponseWriter, r *http.Request, problem *httpserver.Problem) {
	d.showError(d.open(w, r), problem)
}
