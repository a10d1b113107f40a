package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
)

// flaky is a transport whose first tries break off before any answer.
type flaky struct {
	failures int
	keys     []string
	tries    int
}

func (f *flaky) RoundTrip(r *http.Request) (*http.Response, error) {
	f.tries++
	f.keys = append(f.keys, r.Header.Get("Idempotency-Key"))
	if f.tries <= f.failures {
		return nil, io.ErrUnexpectedEOF
	}
	return http.DefaultTransport.RoundTrip(r)
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func answer(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

// Only what does no harm twice is tried again when the connection breaks.
func TestRepeatsWhatIsSafe(t *testing.T) {
	url := serve(t, answer(`{"id":"x"}`))
	calls := map[string]struct {
		call  func(context.Context, *client.Client) error
		again bool
	}{
		"a GET": {func(ctx context.Context, c *client.Client) error { _, err := c.Organisation(ctx, "x"); return err }, true},
		"a creating POST": {func(ctx context.Context, c *client.Client) error {
			_, err := c.CreateOrganisation(ctx, "x")
			return err
		}, true},
		"a sign-in": {func(ctx context.Context, c *client.Client) error {
			_, err := c.SignIn(ctx, client.NewSession{})
			return err
		}, false},
		"a confirmation": {func(ctx context.Context, c *client.Client) error {
			_, err := c.ConfirmClosure(ctx, "x", "p")
			return err
		}, false},
		"a withdrawal": {func(ctx context.Context, c *client.Client) error { _, err := c.WithdrawClosure(ctx, "x"); return err }, false},
	}
	for name, tc := range calls {
		f := &flaky{failures: 2}
		err := tc.call(t.Context(), client.New(url, client.Options{HTTPClient: &http.Client{Transport: f}}))
		if tc.again && (err != nil || f.tries != 3) {
			t.Errorf("%s: %d tries, %v", name, f.tries, err)
		}
		if !tc.again && (err == nil || f.tries != 1) {
			t.Errorf("%s was tried %d times, %v", name, f.tries, err)
		}
		for _, key := range f.keys {
			if key != f.keys[0] {
				t.Errorf("%s: the keys differ: %v", name, f.keys)
			}
		}
	}
}

func TestGivesUp(t *testing.T) {
	f := &flaky{failures: 99}
	c := client.New("http://127.0.0.1:1", client.Options{HTTPClient: &http.Client{Transport: f}})
	_, err := c.CheckSession(t.Context())
	if !errors.Is(err, io.ErrUnexpectedEOF) || f.tries != 3 {
		t.Errorf("%d tries, %v", f.tries, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f.tries = 0
	if _, err := c.CheckSession(ctx); !errors.Is(err, context.Canceled) && !errors.Is(err, io.ErrUnexpectedEOF) || f.tries > 1 {
		t.Errorf("after the end of the context: %d tries, %v", f.tries, err)
	}
}

func TestKeysOfCreatingCalls(t *testing.T) {
	var keys []string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		keys = append(keys, r.Header.Get("Idempotency-Key"))
		_, _ = io.WriteString(w, `{}`)
	})
	c := client.New(url+"/", client.Options{})
	for _, ctx := range []context.Context{t.Context(), t.Context(), client.WithIdempotencyKey(t.Context(), "mine")} {
		if _, err := c.CreateOrganisation(ctx, "x"); err != nil {
			t.Fatal(err)
		}
	}
	if len(keys) != 3 || keys[0] == "" || keys[0] == keys[1] || keys[2] != "mine" {
		t.Errorf("keys %v", keys)
	}
}

func TestProblems(t *testing.T) {
	for _, tc := range []struct {
		media, body, header string
		want                client.Problem
		text                string
	}{
		{"application/problem+json", `{"status":409,"code":"closure_open","detail":"Already.","instance":"urn:uuid:1","errors":[{"path":"a","code":"b","detail":"c"}]}`, "",
			client.Problem{Status: 418, Code: "closure_open", Detail: "Already.", Instance: "urn:uuid:1"}, "Already. (418 closure_open); a: c"},
		{"application/problem+json", `{"code":"rate_limited","detail":"Slowly."}`, "7",
			client.Problem{Status: 418, Code: "rate_limited", Detail: "Slowly.", RetryAfter: 7 * time.Second}, "Slowly. (418 rate_limited)"},
		{"text/html", `<h1>a gateway's page</h1>`, "",
			client.Problem{Status: 418, Code: client.Unexplained, Detail: "I'm a teapot"}, "I'm a teapot (418 unexplained)"},
		{"application/problem+json", `no JSON`, "",
			client.Problem{Status: 418, Code: client.Unexplained, Detail: "I'm a teapot"}, "I'm a teapot (418 unexplained)"},
	} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", tc.media)
			w.Header().Set("Retry-After", tc.header)
			w.WriteHeader(http.StatusTeapot)
			_, _ = io.WriteString(w, tc.body)
		})
		_, err := client.New(url, client.Options{}).OwnAccount(t.Context())
		p, ok := errors.AsType[*client.Problem](err)
		if !ok {
			t.Errorf("%s: %v", tc.body, err)
			continue
		}
		if p.Status != tc.want.Status || p.Code != tc.want.Code || p.Detail != tc.want.Detail || p.Instance != tc.want.Instance || p.RetryAfter != tc.want.RetryAfter || p.Error() != tc.text {
			t.Errorf("got %+v %q, want %+v", p, p.Error(), tc.want)
		}
		if !client.HasCode(err, tc.want.Code) || client.HasCode(err, "other") || !client.HasStatus(err, 418) {
			t.Errorf("%v does not tell its code", err)
		}
	}
}

func TestWhatIsSent(t *testing.T) {
	var got *http.Request
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Clone(context.WithoutCancel(r.Context()))
		_, _ = io.WriteString(w, `{}`)
	})
	c := client.New(url, client.Options{Token: "sos_1", Language: "zh-CN", UserAgent: "crm/1"})
	if _, err := c.Account(t.Context(), "a/../b?c"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Authorization": "Bearer sos_1", "Accept-Language": "zh-CN", "User-Agent": "crm/1"} {
		if got.Header.Get(name) != want {
			t.Errorf("%s is %q", name, got.Header.Get(name))
		}
	}
	if got.URL.EscapedPath() != "/v1/accounts/a%2F..%2Fb%3Fc" {
		t.Errorf("an id leaves its place in the path: %s", got.URL.EscapedPath())
	}
	if _, err := c.WithToken("sos_2").WithLanguage("en").ClosureStatus(t.Context(), "soc_3"); err != nil {
		t.Fatal(err)
	}
	if got.Header.Get("Authorization") != "Bearer soc_3" || got.Header.Get("Accept-Language") != "en" || c.Token() != "sos_1" {
		t.Errorf("headers %v", got.Header)
	}
}

// A walk fetches pages only as they are asked for, and ends with the first error.
func TestWalksThroughPages(t *testing.T) {
	var asked atomic.Int64
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Query().Get("cursor") {
		case "":
			_, _ = io.WriteString(w, `{"items":[{"id":"1"},{"id":"2"}],"next_cursor":"two"}`)
		case "two":
			_, _ = io.WriteString(w, `{"items":[{"id":"3"}],"next_cursor":"three"}`)
		default:
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	c := client.New(url, client.Options{})
	var seen []string
	var failed error
	for a, err := range c.AllAccounts(t.Context()) {
		if err != nil {
			failed = err
			continue
		}
		seen = append(seen, a.ID)
	}
	if strings.Join(seen, "") != "123" || !client.HasStatus(failed, 503) {
		t.Errorf("seen %v, %v", seen, failed)
	}
	asked.Store(0)
	for _, err := range c.AllAccounts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	if asked.Load() != 1 {
		t.Errorf("%d pages for one entry", asked.Load())
	}
}

func TestAnswersThatAreNoAnswers(t *testing.T) {
	for _, h := range []http.HandlerFunc{answer(`{"id":`), answer(`[]`), func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{}`)
	}} {
		_, err := client.New(serve(t, h), client.Options{}).OwnAccount(t.Context())
		if err == nil || client.HasStatus(err, 200) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := client.New("http://[bad", client.Options{}).OwnAccount(t.Context()); err == nil {
		t.Error("an address that is none")
	}
}

// What a person signs in with is sent in the body, never in the address.
func TestNamesStayOutOfAddresses(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.String(), "13800138000") {
			t.Errorf("the number stands in %s", r.URL)
		}
		var in map[string]string
		if json.NewDecoder(r.Body).Decode(&in) != nil || in["name"]+in["value"] != "+8613800138000" {
			t.Errorf("body %v", in)
		}
		_, _ = io.WriteString(w, `{}`)
	})
	c := client.New(url, client.Options{})
	if _, err := c.FindAccount(t.Context(), "+8613800138000"); err != nil {
		t.Error(err)
	}
	if err := c.RemoveIdentifier(t.Context(), "x", client.Identifier{Kind: client.Mobile, Value: "+8613800138000"}); err != nil {
		t.Error(err)
	}
}
