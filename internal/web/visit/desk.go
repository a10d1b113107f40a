// Package visit is one request of a browser. It knows who looks at the page, in
// which language, what was typed and how it is answered. It keeps the rules
// that hold for every page: forms belong to one account in one browser, what
// was typed comes back with an error, and nobody sees more than the API would
// show.
package visit

import (
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// Desk receives all requests for pages. All fields must be set.
type Desk struct {
	Site     *httpserver.Site
	Accounts *identity.Service
	Sessions *session.Service
	Access   *access.Service
	Browsers *browser.Service
	Inbox    *inbox.Service
	Callers  *caller.Desk
	// Menu gives what a caller may open of the console.
	Menu    func(*Visit) ([]ui.Item, error)
	Now     func() time.Time
	Rand    io.Reader
	Version string
	Zone    *time.Location // of whoever's browser tells none

	origins *http.CrossOriginProtection
}

// Handler answers one request.
type Handler func(v *Visit) error

// Admission says who may come to a page.
type Admission struct {
	signedIn bool
	proved   bool
	listens  bool
	files    bool
	roles    []string
}

// Anybody may come.
func Anybody() Admission { return Admission{} }

// Member is whoever is signed in.
func Member() Admission { return Admission{signedIn: true} }

// Proved is whoever is signed in and has proved it a short while ago: others are
// asked first, and brought back.
func Proved() Admission { return Admission{signedIn: true, proved: true} }

// Role is whoever has one of the platform's roles.
func Role(names ...string) Admission { return Admission{signedIn: true, roles: names} }

// Listener is a member's page that only listens for news: asking for them is no
// use of the session, which may go idle meanwhile.
func Listener() Admission { return Admission{signedIn: true, listens: true} }

// Files lets the form carry files, too. They are in memory whole: a request is
// bounded before.
func (a Admission) Files() Admission {
	a.files = true
	return a
}

// Get adds a page.
func (d *Desk) Get(path string, who Admission, h Handler) { d.handle("GET "+path, who, h) }

// Post adds what a form does.
func (d *Desk) Post(path string, who Admission, h Handler) { d.handle("POST "+path, who, h) }

func (d *Desk) handle(pattern string, who Admission, h Handler) {
	if d.origins == nil {
		d.origins = http.NewCrossOriginProtection()
	}
	d.Site.Mux().HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		v := d.openFor(w, r, who)
		err := v.admit(who)
		if err == nil && r.Method == http.MethodPost {
			err = v.receive(who)
		}
		if err == nil {
			err = h(v)
		}
		if err != nil {
			v.fail(err)
		}
	})
}

// open reads the cookies and finds out who looks.
func (d *Desk) open(w http.ResponseWriter, r *http.Request) *Visit {
	return d.openFor(w, r, Anybody())
}

func (d *Desk) openFor(w http.ResponseWriter, r *http.Request, who Admission) *Visit {
	v := &Visit{W: w, R: r, desk: d, Caller: &caller.Caller{}}
	v.now = d.Now()
	if lang := v.cookie(langCookie); language.Known(lang) {
		httpserver.SetLanguage(r.Context(), lang)
	}
	v.Lang = httpserver.Language(r.Context())
	w.Header().Set("Content-Language", v.Lang)
	if token := v.cookie(sessionCookie); token != "" {
		check := d.Sessions.Check
		if who.listens {
			check = d.Sessions.Look
		}
		s, err := check(r.Context(), token)
		if err == nil {
			v.Caller = &caller.Caller{Session: s, Token: token}
		} else {
			v.ended = true
		}
	}
	return v
}

// admit refuses who may not come.
func (v *Visit) admit(a Admission) error {
	if !a.signedIn {
		return nil
	}
	if !v.Signed() {
		return fault.New(fault.Unauthenticated, "unauthenticated")
	}
	if len(a.roles) > 0 {
		if err := v.desk.Callers.MustHave(v.Context(), v.Caller, a.roles...); err != nil {
			return err
		}
	}
	if a.proved {
		return v.desk.Access.MustBeFresh(v.Caller.Session)
	}
	return nil
}

// receive reads a form and refuses one that is not of this account in this
// browser.
func (v *Visit) receive(a Admission) error {
	if err := v.desk.origins.Check(v.R); err != nil {
		return fault.New(fault.Forbidden, "form_from_elsewhere").Because(err)
	}
	parse := v.R.ParseForm
	if strings.HasPrefix(v.R.Header.Get("Content-Type"), "multipart/") {
		if !a.files {
			return fault.New(fault.Invalid, "bad_request") // ParseForm would find no token in them
		}
		parse = func() error { return v.R.ParseMultipartForm(inMemory) } //nolint:gosec // the site bounds every body before
	}
	if err := parse(); err != nil {
		return fault.New(fault.Invalid, "bad_request").Because(err)
	}
	return v.checkToken(a, v.R.PostForm.Get("form_token"))
}

func (v *Visit) checkToken(a Admission, token string) error {
	if v.tokenIs(token, v.Caller.Account()) || !a.signedIn && v.tokenIs(token, "") {
		return nil
	}
	return fault.New(fault.Forbidden, "form_of_another_account")
}
