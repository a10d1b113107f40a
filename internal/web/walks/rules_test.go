package walks

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/web/asset"
)

// plain is a browser that shows its headers: cookies, and nothing followed.
type plain struct {
	t   *testing.T
	url string
	c   *http.Client
}

func (s *site) plain(t *testing.T) *plain {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &plain{t, s.url, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is an answer read whole.
type answer struct {
	*http.Response
	body string
}

func (p *plain) send(method, path string, form url.Values, headers ...string) answer {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Accept-Language", "en")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := p.c.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{res, string(body)}
}

func (p *plain) get(path string, headers ...string) answer {
	p.t.Helper()
	return p.send(http.MethodGet, path, nil, headers...)
}

var tokenField = regexp.MustCompile(`name="form_token" value="([^"]+)"`)

// token gives what the forms of a page carry.
func (p *plain) token(path string) string {
	p.t.Helper()
	m := tokenField.FindStringSubmatch(p.get(path).body)
	if m == nil {
		p.t.Fatalf("no form on %s", path)
	}
	return m[1]
}

func (p *plain) signIn(name string) answer {
	p.t.Helper()
	return p.send(http.MethodPost, "/sign-in", url.Values{"form_token": {p.token("/sign-in")}, "name": {name}, "password": {apptest.Password}})
}

func TestFormsBelongToOneAccountInOneBrowser(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, one := s.Person()
	_, two := s.Person()
	p, other := s.plain(t), s.plain(t)
	p.token("/sign-in")
	if r := p.send("POST", "/sign-in", url.Values{"name": {one}, "password": {apptest.Password}}); r.StatusCode != 403 {
		t.Errorf("a form without a token: %d", r.StatusCode)
	}
	if r := p.send("POST", "/sign-in", url.Values{"form_token": {other.token("/sign-in")}, "name": {one}, "password": {apptest.Password}}); r.StatusCode != 403 {
		t.Errorf("a form of another browser: %d", r.StatusCode)
	}
	if r := p.signIn(one); r.StatusCode != 303 || r.Header.Get("Location") != "/" {
		t.Fatalf("signed in with %d to %q", r.StatusCode, r.Header.Get("Location"))
	}
	of := p.token("/sign-out")
	if r := p.send("POST", "/sign-out", url.Values{"form_token": {of}}, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site"); r.StatusCode != 403 {
		t.Errorf("a form from another site: %d", r.StatusCode)
	}
	if r := p.send("POST", "/sign-in", url.Values{"form_token": {p.token("/sign-in?add=yes")}, "name": {two}, "password": {apptest.Password}}); r.StatusCode != 303 {
		t.Fatalf("the second account came in with %d", r.StatusCode)
	}
	r := p.send("POST", "/sign-out", url.Values{"form_token": {of}})
	if r.StatusCode != 403 || !strings.Contains(r.body, "belongs to another account") {
		t.Errorf("a form of the account before: %d", r.StatusCode)
	}
	if r := p.get("/"); r.StatusCode != 200 || !strings.Contains(r.body, two) || strings.Contains(r.body, one+"@") {
		t.Errorf("the page after that: %d", r.StatusCode)
	}
}

func TestNothingOfASessionStaysInTheBrowser(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, name := s.Person()
	p := s.plain(t)
	in := p.signIn(name)
	for _, c := range in.Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			t.Errorf("cookie %s: %+v", c.Name, c)
		}
	}
	home := p.get("/")
	policy := home.Header.Get("Content-Security-Policy")
	if home.Header.Get("Cache-Control") != "no-store" || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("headers of a page: %v", home.Header)
	}
	if regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=|<style|<script(?:>| [^>]*>[^<])`).MatchString(home.body) {
		t.Error("a page has styles or scripts in itself")
	}
	if len(home.body) > 100_000 {
		t.Errorf("a page of %d bytes", len(home.body))
	}
	out := p.send("POST", "/sign-out", url.Values{"form_token": {p.token("/sign-out")}})
	if out.StatusCode != 303 || !strings.Contains(out.Header.Get("Clear-Site-Data"), `"storage"`) {
		t.Errorf("signed out with %d, %q", out.StatusCode, out.Header.Get("Clear-Site-Data"))
	}
	if r := p.get("/"); r.StatusCode != 303 || !strings.HasPrefix(r.Header.Get("Location"), "/sign-in") {
		t.Errorf("the home page afterwards: %d to %q", r.StatusCode, r.Header.Get("Location"))
	}
}

func TestAnEndedSessionIsToldOf(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, name := s.Person()
	p := s.plain(t)
	p.signIn(name)
	_, err := s.App.Sessions.SignOutAll(t.Context(), a.ID, "", "")
	s.Must(err)
	if r := p.get("/sign-out"); r.Header.Get("Location") != "/sign-in?next=%2Fsign-out" {
		t.Errorf("to %q", r.Header.Get("Location"))
	}
	if r := p.get("/sign-in"); !strings.Contains(r.body, "Your session has ended") {
		t.Error("nobody says that the session has ended")
	}
	if r := p.get("/sign-in"); strings.Contains(r.body, "Your session has ended") {
		t.Error("it is said twice")
	}
}

func TestNobodyIsSentToAnotherSite(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, name := s.Person()
	for _, next := range []string{"https://elsewhere.example/", "//elsewhere.example/", `/\elsewhere.example`, "javascript:alert(1)", "/%5c%5celsewhere", "\r\nX: y"} {
		p := s.plain(t)
		r := p.send("POST", "/sign-in", url.Values{"form_token": {p.token("/sign-in")}, "name": {name}, "password": {apptest.Password}, "next": {next}})
		to, err := url.Parse(r.Header.Get("Location"))
		if err != nil || to.Host != "" || to.Scheme != "" || strings.HasPrefix(to.Path, "//") || strings.HasPrefix(r.Header.Get("Location"), `/\`) {
			t.Errorf("%q leads to %q", next, r.Header.Get("Location"))
		}
	}
}

func TestANoteThatNobodyWroteIsNotShown(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.plain(t)
	p.get("/sign-in")
	forged := "eyJrIjoid2FybmluZyIsInQiOiJwYWdlLnNlc3Npb25fZW5kZWQifQ.forged"
	if r := p.get("/sign-in", "Cookie", "signoff_note="+forged); strings.Contains(r.body, "Your session has ended") {
		t.Error("a planted note is shown")
	}
}

func TestAssetsAreKeptForEverAndPagesAreNot(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.plain(t)
	for _, name := range []string{"tabler.css", "app.css", "app.js", "htmx.js", "echarts.js"} {
		r := p.get(asset.URL(name), "Accept-Encoding", "gzip")
		if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || r.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: %d %v", name, r.StatusCode, r.Header)
		}
	}
	if r := p.get(asset.Prefix + "older/app.css"); r.StatusCode != 404 {
		t.Errorf("an asset of another version: %d", r.StatusCode)
	}
}

func TestBrowsersGetPagesAndProgramsGetDocuments(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.plain(t)
	if r := p.get("/nothing-here"); r.StatusCode != 404 || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		t.Errorf("a browser gets %d %s", r.StatusCode, r.Header.Get("Content-Type"))
	}
	if r := p.get("/nothing-here", "Accept", "application/json"); r.StatusCode != 404 || r.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a program gets %d %s", r.StatusCode, r.Header.Get("Content-Type"))
	}
	if r := p.get("/v1/account"); r.StatusCode != 401 || r.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("the API answers %d %s", r.StatusCode, r.Header.Get("Content-Type"))
	}
}
