package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/org"
)

// scene is a served installation with one caller of every kind in it.
type scene struct {
	*apptest.World
	url      string
	contract *contract
	ours     org.Organisation // the one that everything is tried in
	theirs   org.Organisation
	callers  map[string]*client.Client
	accounts map[string]identity.Account
}

// kinds are the kinds of callers; to all but anonymous belongs an account.
var kinds = []string{"anonymous", "member", "stranger", "admin", "foreign admin", "super admin", "reviewer", "auditor", "operator"}

// newScene serves without the loops that run jobs: what they do is another
// room's test.
func newScene(t *testing.T, engine string, options ...apptest.Option) *scene {
	t.Helper()
	w := apptest.New(t, engine, options...)
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	s := &scene{World: w, url: server.URL, callers: map[string]*client.Client{}, accounts: map[string]identity.Account{}}
	s.contract = newContract(t, s.url)
	s.ours, s.theirs = w.Organisation(org.Ordinary), w.Organisation(org.Ordinary)
	for _, kind := range kinds {
		s.callers[kind] = s.newCaller(kind)
	}
	return s
}

func (s *scene) newCaller(kind string) *client.Client {
	if kind == "anonymous" {
		return s.with("")
	}
	a, name := s.Person()
	s.accounts[kind] = a
	switch kind {
	case "member":
		s.join(s.ours, a, org.Ordinary)
	case "stranger":
		s.join(s.theirs, a, org.Ordinary)
	case "admin":
		s.join(s.ours, a, org.Admin)
	case "foreign admin":
		s.join(s.theirs, a, org.SuperAdmin)
	case "super admin":
		s.join(s.ours, a, org.SuperAdmin)
	default:
		s.Must(s.App.Accounts.Grant(s.T.Context(), app.Actor(), a.ID, kind))
	}
	return s.with(s.SignIn(name).Token)
}

func (s *scene) join(o org.Organisation, a identity.Account, role string) {
	s.Must(s.App.Orgs.PutMember(s.T.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: a.ID, Role: role}))
}

// with gives a client whose every answer is held against the OpenAPI document.
func (s *scene) with(token string) *client.Client {
	return client.New(s.url, client.Options{Token: token, Language: "en", HTTPClient: &http.Client{Transport: s.contract}})
}

// target makes somebody to whom things can be done, in our organisation.
func (s *scene) target() identity.Account {
	a, _ := s.Person()
	s.join(s.ours, a, org.Ordinary)
	return a
}

// noticeOfAnother gives a notice in the inbox of somebody new.
func (s *scene) noticeOfAnother() string {
	s.T.Helper()
	a, _ := s.Person()
	all, err := s.App.Inbox.List(s.T.Context(), a.ID, inbox.Filter{Limit: 1})
	s.Must(err)
	if len(all) != 1 {
		s.T.Fatal("nobody told the new account that it was made")
	}
	return all[0].ID
}

// waiting makes a closure that waits for a reviewer.
func (s *scene) waiting() closure.Confirmed {
	a, _ := s.Person()
	return s.Confirm(a, "wecom")
}

// contract is a transport that holds every answer against the OpenAPI document:
// its status and its problem code must be declared. It remembers which
// operations were called.
type contract struct {
	t          testing.TB
	operations []documented
	mu         sync.Mutex
	called     map[string]bool
}

// documented is an operation of the OpenAPI document.
type documented struct {
	ID, Method, Path, Summary, Access string
	Codes                             []string
	Statuses                          []string
}

func newContract(t testing.TB, url string) *contract {
	t.Helper()
	return &contract{t: t, operations: operationsOf(t, fetch(t, url+"/openapi.json")), called: map[string]bool{}}
}

func fetch(t testing.TB, url string) []byte {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, res.Status, err)
	}
	return body
}

func operationsOf(t testing.TB, document []byte) []documented {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			ID        string `json:"operationId"`
			Summary   string `json:"summary"`
			Access    string `json:"x-access"`
			Responses map[string]struct {
				Codes []string `json:"x-problem-codes"`
			} `json:"responses"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(document, &doc); err != nil {
		t.Fatal(err)
	}
	var all []documented
	for path, methods := range doc.Paths {
		for method, op := range methods {
			d := documented{ID: op.ID, Method: strings.ToUpper(method), Path: path, Summary: op.Summary, Access: op.Access}
			for status, r := range op.Responses {
				d.Statuses = append(d.Statuses, status)
				d.Codes = append(d.Codes, r.Codes...)
			}
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b documented) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return all
}

// everywhere are the codes that every request can get.
var everywhere = []string{"validation_failed", "unauthenticated", "session_not_valid", "not_found", "bad_request", "body_required",
	"body_not_json", "body_too_large", "invalid_utf8", "nul_character", "idempotency_key_reused"}

// RoundTrip implements http.RoundTripper.
func (c *contract) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	op := c.find(r)
	if op == nil {
		c.t.Errorf("%s %s is no operation of the document", r.Method, r.URL.Path)
		return res, nil
	}
	c.mu.Lock()
	c.called[op.ID] = true
	c.mu.Unlock()
	if res.StatusCode == http.StatusOK && res.Header.Get("Content-Type") == "text/event-stream" {
		return res, nil // it has no end
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(strings.NewReader(string(body)))
	if err != nil {
		return nil, err
	}
	var p struct{ Code string }
	if res.StatusCode < 400 {
		if !slices.Contains(op.Statuses, strings.Fields(res.Status)[0]) {
			c.t.Errorf("%s answers %s, which it does not declare", op.ID, res.Status)
		}
	} else if json.Unmarshal(body, &p) != nil || !slices.Contains(op.Codes, p.Code) && !slices.Contains(everywhere, p.Code) {
		c.t.Errorf("%s answers the code %q, which it does not declare: %s", op.ID, p.Code, body)
	}
	return res, nil
}

func (c *contract) find(r *http.Request) *documented {
	best := -1
	for i, op := range c.operations {
		if op.Method == r.Method && matches(op.Path, r.URL.EscapedPath()) &&
			(best < 0 || strings.Count(op.Path, "{") < strings.Count(c.operations[best].Path, "{")) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return &c.operations[best]
}

func matches(template, path string) bool {
	t, p := strings.Split(template, "/"), strings.Split(path, "/")
	if len(t) != len(p) {
		return false
	}
	for i := range t {
		if !strings.HasPrefix(t[i], "{") && t[i] != p[i] {
			return false
		}
	}
	return true
}
