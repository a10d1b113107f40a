package httpserver_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestUnknownAddressesAndMethodsAreProblems(t *testing.T) {
	s, _ := site(t)
	s.Mux().HandleFunc("POST /v1/things", func(http.ResponseWriter, *http.Request) {})
	h := s.Handler()
	if p := ask(t, h, "GET", "/v1/nothing", "").problem(t); p.Code != "not_found" || p.Status != 404 {
		t.Errorf("got %+v", p)
	}
	r := ask(t, h, "DELETE", "/v1/things", "")
	if p := r.problem(t); p.Code != "method_not_allowed" || p.Status != 405 || r.Header.Get("Allow") != "POST" {
		t.Errorf("got %+v, Allow %q", p, r.Header.Get("Allow"))
	}
}

func TestBadBodiesAreRefusedBeforeTheHandler(t *testing.T) {
	s, _ := site(t)
	s.MaxBody = 64
	ran := 0
	s.Mux().HandleFunc("POST /echo", func(w http.ResponseWriter, r *http.Request) {
		ran++
		_, _ = io.Copy(w, r.Body)
	})
	h := s.Handler()
	for _, tc := range []struct {
		name, body, header string
		status             int
		code               string
	}{
		{"too large", `"` + strings.Repeat("x", 63) + `"`, "", 413, "body_too_large"},
		{"not UTF-8", "{\"name\":\"\xff\xfe\"}", "", 400, "invalid_utf8"},
		{"not UTF-8, no type", "{\"name\":\"\xff\"}", "Content-Type: ", 400, "invalid_utf8"},
		{"not UTF-8, merge patch", "\"\xc3\x28\"", "Content-Type: application/merge-patch+json; charset=utf-8", 400, "invalid_utf8"},
		{"NUL", `{"name":"a\u0000b"}`, "", 400, "nul_character"},
		{"NUL after an escaped backslash", `{"name":"\\\u0000"}`, "", 400, "nul_character"},
	} {
		headers := []string{}
		if tc.header != "" {
			headers = append(headers, tc.header)
		}
		p := ask(t, h, "POST", "/echo", tc.body, headers...).problem(t)
		if p.Status != tc.status || p.Code != tc.code {
			t.Errorf("%s: got %d %s", tc.name, p.Status, p.Code)
		}
	}
	if ran != 0 {
		t.Errorf("the handler ran %d times", ran)
	}
	for _, good := range []string{
		`"` + strings.Repeat("x", 62) + `"`, // exactly the limit
		`{"name":"注销"}`,
		`{"path":"C:\\u0000"}`, // a backslash and then plain text
	} {
		if r := ask(t, h, "POST", "/echo", good); r.StatusCode != 200 || r.body != good {
			t.Errorf("%s: got %d %q", good, r.StatusCode, r.body)
		}
	}
	if r := ask(t, h, "POST", "/echo", "\xff\x00", "Content-Type: application/octet-stream"); r.body != "\xff\x00" {
		t.Errorf("bytes that claim no text: got %d", r.StatusCode)
	}
}

func TestTargetsThatAreNoTextAreRefused(t *testing.T) {
	s, _ := site(t)
	s.Mux().HandleFunc("GET /v1/{id}", func(http.ResponseWriter, *http.Request) {})
	h := s.Handler()
	for target, code := range map[string]string{
		"/v1/%ff": "invalid_utf8", "/v1/x?q=%ff": "invalid_utf8", "/v1/%00": "nul_character",
		"/v1/x?q=%00": "nul_character", "/v1/x?q=%zz": "bad_request",
	} {
		if p := ask(t, h, "GET", target, "").problem(t); p.Code != code || p.Status != 400 {
			t.Errorf("%s: got %d %s", target, p.Status, p.Code)
		}
	}
	if r := ask(t, h, "GET", "/v1/%E6%B3%A8?q=%E9%94%80;x", ""); r.StatusCode != 200 {
		t.Errorf("Chinese was refused: %d %s", r.StatusCode, r.body)
	}
}

func TestPanicIsAProblemAndItsValueIsNotLogged(t *testing.T) {
	s, log := site(t)
	s.Mux().HandleFunc("GET /boom", func(http.ResponseWriter, *http.Request) { panic("13800138000") })
	r := ask(t, s.Handler(), "GET", "/boom", "")
	if p := r.problem(t); p.Status != 500 || p.Code != "internal" {
		t.Errorf("got %+v", p)
	}
	got := log.String()
	if strings.Contains(got, "13800138000") || !strings.Contains(got, "panic in a request") || !strings.Contains(got, "middleware_test.go") {
		t.Errorf("log: %s", got)
	}
	if !strings.Contains(got, `"route":"GET /boom","status":500`) {
		t.Errorf("the access log lost the request: %s", got)
	}
}

func TestPanicAfterTheAnswerBeganCutsItOff(t *testing.T) {
	s, _ := site(t)
	s.Mux().HandleFunc("GET /half", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("half"))
		panic("late")
	})
	defer func() {
		if v := recover(); v != http.ErrAbortHandler { //nolint:errorlint // the very value
			t.Errorf("recovered %v", v)
		}
	}()
	ask(t, s.Handler(), "GET", "/half", "")
	t.Error("the answer looked whole")
}

type seen struct{ got []string }

func (m *seen) ObserveRequest(method, route string, status int, _ time.Duration) {
	m.got = append(m.got, method+" "+route+" "+http.StatusText(status))
}

func TestLogAndMetricsKnowRoutesAndNoSecrets(t *testing.T) {
	s, log := site(t)
	m := &seen{}
	s.Metrics = m
	s.Mux().HandleFunc("GET /v1/closures/{token}", func(http.ResponseWriter, *http.Request) {})
	h := s.Handler()
	ask(t, h, "GET", "/v1/closures/soc_secret?mobile=13800138000", "", "Authorization: Bearer sos_secret", "User-Agent: Wang Wei's phone")
	ask(t, h, "GET", "/soc_lost", "")
	ask(t, h, "SOC_VERB", "/", "")
	want := []string{"GET GET /v1/closures/{token} OK", "GET unmatched Not Found", "OTHER unmatched Not Found"}
	if strings.Join(m.got, "|") != strings.Join(want, "|") {
		t.Errorf("metrics %q", m.got)
	}
	got := log.String()
	for _, secret := range []string{"soc_", "sos_", "13800138000", "Wang", "192.0.2.1"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q is in the log: %s", secret, got)
		}
	}
	if !strings.Contains(got, `"route":"GET /v1/closures/{token}","status":200`) {
		t.Errorf("log: %s", got)
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	s, _ := site(t)
	s.PublicURL = "https://id.example.com"
	h := s.Handler()
	for _, target := range []string{"/healthz", "/nothing"} {
		got := ask(t, h, "GET", target, "").Header
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Content-Security-Policy":   "default-src 'none'; frame-ancestors 'none'",
			"Strict-Transport-Security": "max-age=31536000", "Referrer-Policy": "no-referrer", "Vary": "Accept-Language",
		} {
			if got.Get(name) != want {
				t.Errorf("%s: %s is %q", target, name, got.Get(name))
			}
		}
	}
}

func TestSlowHandlersAreStopped(t *testing.T) {
	s, _ := site(t)
	s.Timeout = time.Millisecond
	s.Mux().HandleFunc("GET /slow", func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		s.WriteProblem(w, r, r.Context().Err())
	})
	if p := ask(t, s.Handler(), "GET", "/slow", "").problem(t); p.Status != 503 || p.Code != "timed_out" {
		t.Errorf("got %+v", p)
	}
}

func TestReadiness(t *testing.T) {
	s, log := site(t)
	var broken error
	s.Checks = map[string]func(context.Context) error{
		"database": func(context.Context) error { return broken },
		"keys":     func(context.Context) error { return nil },
	}
	h := s.Handler()
	if r := ask(t, h, "GET", "/readyz", ""); r.StatusCode != 200 || !strings.Contains(r.body, `"database":"ok"`) {
		t.Errorf("got %d %s", r.StatusCode, r.body)
	}
	broken = errors.New("no route to 10.0.0.7")
	r := ask(t, h, "GET", "/readyz", "")
	if r.StatusCode != 503 || !strings.Contains(r.body, `"database":"failing"`) || strings.Contains(r.body, "10.0.0.7") {
		t.Errorf("got %d %s", r.StatusCode, r.body)
	}
	if !strings.Contains(log.String(), "10.0.0.7") {
		t.Error("the reason is not in the log")
	}
	if r := ask(t, h, "GET", "/healthz", ""); r.StatusCode != 200 {
		t.Errorf("alive, but healthz says %d", r.StatusCode)
	}
}
