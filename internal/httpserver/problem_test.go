package httpserver_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

func TestProblemDocument(t *testing.T) {
	s, _ := site(t)
	s.PublicURL = "https://id.example.com"
	s.Mux().HandleFunc("GET /fail", func(w http.ResponseWriter, r *http.Request) {
		s.WriteProblem(w, r, fmt.Errorf("while asking: %w",
			fault.New(fault.Invalid, "validation_failed", "count", 2).
				At("identifiers[0].value", "too_long", "max", 20).At("locale", "required")))
	})
	h := s.Handler()

	r := ask(t, h, "GET", "/fail", "", "Accept-Language: zh-CN")
	p := r.problem(t)
	if p.Status != 422 || p.Code != "validation_failed" || p.Title != "请求有误" || p.Detail != "请求中有 2 处内容无效。" {
		t.Errorf("got %+v", p)
	}
	if p.Type != "https://id.example.com/docs/problems#validation_failed" {
		t.Errorf("type %q", p.Type)
	}
	id := r.Header.Get("X-Request-Id")
	if id == "" || p.Instance != "urn:uuid:"+id {
		t.Errorf("instance %q, request id %q", p.Instance, id)
	}
	if len(p.Errors) != 2 || p.Errors[0].Path != "identifiers[0].value" || p.Errors[0].Detail != "此项不得超过 20 个字符。" {
		t.Errorf("errors %+v", p.Errors)
	}
	if got := r.Header.Get("Content-Language"); got != "zh-CN" {
		t.Errorf("Content-Language %q", got)
	}
	if got := ask(t, h, "GET", "/fail", "", "Accept-Language: en").problem(t).Errors[1].Detail; got != "This is required." {
		t.Errorf("English detail %q", got)
	}
}

func TestKindsAndCodesHaveTheirStatus(t *testing.T) {
	s, _ := site(t)
	var err error
	s.Mux().HandleFunc("GET /fail", func(w http.ResponseWriter, r *http.Request) { s.WriteProblem(w, r, err) })
	h := s.Handler()
	for _, tc := range []struct {
		err    error
		status int
		code   string
	}{
		{fault.New(fault.Internal, "internal"), 500, "internal"},
		{fault.New(fault.Internal, "method_not_allowed"), 500, "internal"},
		{errors.New("disk on fire"), 500, "internal"},
		{fault.New(fault.Invalid, "invalid_value"), 422, "invalid_value"},
		{fault.New(fault.Invalid, "invalid_utf8"), 400, "invalid_utf8"},
		{fault.New(fault.Unauthenticated, "unauthenticated"), 401, "unauthenticated"},
		{fault.New(fault.Forbidden, "forbidden"), 403, "forbidden"},
		{fault.New(fault.NotFound, "not_found"), 404, "not_found"},
		{fault.New(fault.Conflict, "conflict"), 409, "conflict"},
		{fault.New(fault.Conflict, "precondition_failed"), 412, "precondition_failed"},
		{fault.New(fault.TooLarge, "body_too_large", "limit", 1), 413, "body_too_large"},
		{fault.New(fault.TooMany, "rate_limited", "retry_after", time.Second), 429, "rate_limited"},
		{fault.New(fault.Unavailable, "unavailable"), 503, "unavailable"},
		{fmt.Errorf("query: %w", context.DeadlineExceeded), 503, "timed_out"},
	} {
		err = tc.err
		r := ask(t, h, "GET", "/fail", "")
		if p := r.problem(t); p.Status != tc.status || p.Code != tc.code {
			t.Errorf("%v: got %d %s, want %d %s", tc.err, p.Status, p.Code, tc.status, tc.code)
		}
		if r.StatusCode == 401 && !strings.HasPrefix(r.Header.Get("WWW-Authenticate"), "Bearer") {
			t.Error("a 401 without WWW-Authenticate")
		}
	}
}

func TestInternalErrorsAreHiddenAndLogged(t *testing.T) {
	s, log := site(t)
	s.Mux().HandleFunc("GET /fail", func(w http.ResponseWriter, r *http.Request) {
		s.WriteProblem(w, r, errors.New("dial tcp db.internal: refused"))
	})
	r := ask(t, s.Handler(), "GET", "/fail", "")
	if strings.Contains(r.body, "db.internal") {
		t.Errorf("shown: %s", r.body)
	}
	if got := log.String(); !strings.Contains(got, "db.internal") || !strings.Contains(got, r.Header.Get("X-Request-Id")) {
		t.Errorf("not logged with its id: %s", got)
	}
}

func TestRetryAfter(t *testing.T) {
	s, _ := site(t)
	var wait any
	name := "retry_after"
	s.Mux().HandleFunc("GET /fail", func(w http.ResponseWriter, r *http.Request) {
		s.WriteProblem(w, r, fault.New(fault.TooMany, "rate_limited", name, wait))
	})
	h := s.Handler()
	for _, tc := range []struct {
		name string
		wait any
		want string
		text string
	}{
		{"retry_after", 90 * time.Second, "90", "Too many requests. Please try again in 1 minute 30 seconds."},
		{"RetryAfter", 30, "30", "Too many requests. Please try again in 30 seconds."},
		{"retry_after", int64(7), "7", "Too many requests. Please try again in 7 seconds."},
		{"retry_after", 1200 * time.Millisecond, "2", "Too many requests. Please try again in 2 seconds."},
		{"retry_after", time.Duration(0), "1", "Too many requests. Please try again in 1 second."},
	} {
		name, wait = tc.name, tc.wait
		r := ask(t, h, "GET", "/fail", "")
		if p := r.problem(t); r.Header.Get("Retry-After") != tc.want || p.Detail != tc.text {
			t.Errorf("%v: Retry-After %q, %q", tc.wait, r.Header.Get("Retry-After"), p.Detail)
		}
	}
}
