package visit

import (
	"bytes"
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/device"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// Visit is one request of a browser.
type Visit struct {
	W      http.ResponseWriter
	R      *http.Request
	Lang   string
	Caller *caller.Caller // anybody, where nobody is signed in

	desk  *Desk
	now   time.Time
	ended bool   // the browser came with a session that is over
	guest string // the browser's own secret
	keep  *bool
	note  *ui.Note
}

// Context is the request's.
func (v *Visit) Context() context.Context { return v.R.Context() }

// Now is the instant of the request.
func (v *Visit) Now() time.Time { return v.now }

// Signed says whether somebody is signed in.
func (v *Visit) Signed() bool { return v.Caller.Session.ID != "" }

// Account is the id of whoever is signed in, "" for nobody.
func (v *Visit) Account() string { return v.Caller.Account() }

// AsMember is the person acting on the own account.
func (v *Visit) AsMember() audit.Actor { return v.Caller.As(audit.KindMember) }

// AsOperator is the person acting as an operator, which the page's admission has
// checked.
func (v *Visit) AsOperator() audit.Actor { return v.Caller.As(audit.KindOperator) }

// AsReviewer is the person deciding on a closure.
func (v *Visit) AsReviewer() audit.Actor { return v.Caller.As(audit.KindReviewer) }

// Manages gives as whom the person acts on an organisation; see caller.Desk.
func (v *Visit) Manages(organisation string) (audit.Actor, error) {
	return v.desk.Callers.Manages(v.Context(), v.Caller, organisation)
}

// Has says whether the person has one of the platform's roles.
func (v *Visit) Has(roles ...string) (bool, error) {
	if !v.Signed() {
		return false, nil
	}
	return v.desk.Callers.Has(v.Context(), v.Caller, roles...)
}

// Callers answers what callers may do.
func (v *Visit) Callers() *caller.Desk { return v.desk.Callers }

// Value gives what was typed into a field, without the space around it.
func (v *Visit) Value(name string) string { return strings.TrimSpace(v.R.PostForm.Get(name)) }

// Secret gives what was typed into a field, to the letter.
func (v *Visit) Secret(name string) string { return v.R.PostForm.Get(name) }

// Query gives a parameter of the address.
func (v *Visit) Query(name string) string { return strings.TrimSpace(v.R.URL.Query().Get(name)) }

// Part gives a part of the path.
func (v *Visit) Part(name string) string { return v.R.PathValue(name) }

// Address is where the request came from.
func (v *Visit) Address() netip.Addr { return httpserver.ClientAddress(v.Context()) }

// Device is what the person looks at this page on.
func (v *Visit) Device() session.Device {
	guess := device.Guess(v.R.Header.Get)
	if guess.Kind == "" {
		guess.Kind = session.Desktop
	}
	return session.Device{Kind: guess.Kind, System: guess.System, Client: guess.Client, Key: v.deviceKey()}
}

// Words are the person's language and time zone.
func (v *Visit) Words() ui.Words {
	return ui.Words{Lang: v.Lang, Texts: v.desk.Site.Texts, Now: v.now, Zone: zoneOf(v.plainCookie(zoneCookie), v.desk.Zone)}
}

func (v *Visit) plainCookie(name string) string {
	c, err := v.R.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// T gives a text in the person's language.
func (v *Visit) T(key string, args ...any) string {
	return v.desk.Site.Texts.Text(v.Lang, key, fault.Pairs(args...))
}

// Page begins a page with a title.
func (v *Visit) Page(title string) (*ui.Page, error) {
	p := v.bare(title)
	if !v.Signed() {
		return p, nil
	}
	a, err := v.desk.Accounts.Get(v.Context(), v.Account())
	if err != nil {
		return nil, err
	}
	p.Who = ui.Who{Tag: v.tag(), Name: a.Name, Hint: hint(a)}
	if p.Who.Name == "" {
		p.Who.Name = p.Who.Hint
	}
	if p.Unread, err = v.desk.Inbox.Unread(v.Context(), v.Account()); err != nil {
		return nil, err
	}
	p.Console, err = v.desk.Menu(v)
	return p, err
}

// bare is a page that knows nobody: what an error is shown on.
func (v *Visit) bare(title string) *ui.Page {
	p := &ui.Page{Words: v.Words(), Title: title, Path: v.R.URL.Path, Query: v.R.URL.RawQuery, Token: v.token(), Version: v.desk.Version, Theme: v.theme()}
	if p.Note = v.note; p.Note == nil {
		p.Note = v.takeNote()
	}
	return p
}

func (v *Visit) theme() string {
	switch t := v.cookie(themeCookie); t {
	case "light", "dark":
		return t
	default:
		return "auto"
	}
}

// hint is an identifier of the own account, for its owner's eyes.
func hint(a identity.Account) string {
	for _, id := range a.Identifiers {
		if id.Kind == identity.Email || len(a.Identifiers) == 1 {
			return id.Value
		}
	}
	if len(a.Identifiers) > 0 {
		return a.Identifiers[0].Value
	}
	return ""
}

// Show answers with a page.
func (v *Visit) Show(c templ.Component) error { return v.ShowAs(http.StatusOK, c) }

// ShowAs is Show with a status. The page is drawn whole before the first byte
// leaves: what fails on the way is answered as a failure. It is not compressed,
// for it holds the forms' token beside words that others may have typed (BREACH).
func (v *Visit) ShowAs(status int, c templ.Component) error {
	var page bytes.Buffer
	if err := c.Render(v.Context(), &page); err != nil {
		return err
	}
	v.head()
	v.W.Header().Set("Content-Length", strconv.Itoa(page.Len()))
	v.W.WriteHeader(status)
	if v.R.Method != http.MethodHead {
		_, _ = v.W.Write(page.Bytes())
	}
	return nil
}

// pagePolicy lets a page use what this server serves, and nothing that stands in
// the page itself (CSP Level 3).
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// hints are what browsers are asked to say of the device (UA Client Hints).
const hints = "Sec-CH-UA-Platform-Version, Sec-CH-UA-Model, Sec-CH-UA-Form-Factors"

func (v *Visit) head() {
	h := v.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Accept-CH", hints)
	h.Set("Signoff-Version", v.desk.Version)
	h.Set("Referrer-Policy", "same-origin") // a form's own origin is checked, and no other site is told
	h.Add("Vary", "Cookie")
}

// Go sends the browser to another page of this site.
func (v *Visit) Go(path string) error {
	if v.Partial() {
		v.W.Header().Set("HX-Redirect", path)
		v.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	v.W.Header().Set("Location", path)
	v.W.WriteHeader(http.StatusSeeOther)
	return nil
}

// Partial says whether htmx asked for a part of a page.
func (v *Visit) Partial() bool { return v.R.Header.Get("HX-Request") == "true" }

// Next is where somebody wanted to go, as long as it is on this site.
func Next(wanted, other string) string {
	u, err := url.Parse(wanted)
	if err != nil || wanted == "" || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") ||
		strings.ContainsAny(wanted, "\\\r\n") {
		return other
	}
	return u.String()
}

// Current says whether the page that a form stood on was made by this version of
// the program.
func (v *Visit) Current() bool { return v.Value("page_version") == v.desk.Version }

// Exists says whether a path is a page of this site, for links that are written
// elsewhere: in a policy, say, which may name pages of the platform around.
func (v *Visit) Exists(path string) bool {
	u, err := url.Parse(path)
	if err != nil || u.Host != "" {
		return err == nil // somebody else's page
	}
	_, pattern := v.desk.Site.Mux().Handler(&http.Request{Method: http.MethodGet, URL: u})
	return pattern != ""
}

// Notice gives a notice's title and text in the person's language.
func (v *Visit) Notice(kind string, args map[string]string) (title, text string) {
	return v.desk.Site.Texts.InboxNotice(v.Lang, kind, args)
}
