package httpserver_test

import (
	"net/http"
	"strings"
	"testing"
)

// A name that an object gives twice is refused with its place; what only looks
// like it is not.
func TestNamesGivenTwice(t *testing.T) {
	s, _ := site(t)
	s.Mux().HandleFunc("POST /take", func(http.ResponseWriter, *http.Request) {})
	h := s.Handler()
	for body, want := range map[string]string{
		`{"a":1,"a":1}`:                           "a",
		`{"a":1,"\u0061":2}`:                      "a",
		`{"a":{"b":[0,{"c":1,"d":[],"c":null}]}}`: "a.b[1].c",
		`[{"a":1},{"a":1,"b":{},"a":2}]`:          "[1].a",
		`{"a":1,"a":1,"b":{"c":1,"c":1}}`:         "a b.c",
		`{"":1,"":2}`:                             "",
		`{"a":{"a":{"a":"a"}},"b":"a"}`:           "-",
		`[{"a":1},{"a":1}]`:                       "-",
		`{"a":"b","b":"a","A":1}`:                 "-",
		`{"a":1,"a":`:                             "a",
		`{"a" 1`:                                  "-",
		``:                                        "-",
		`"a"`:                                     "-",
		strings.Repeat(`{"a":`, 100_000):          "-",
		strings.Repeat(`[`, 500_000):              "-",
	} {
		r := ask(t, h, "POST", "/take", body, "Content-Type: application/json")
		if want == "-" {
			if r.StatusCode != http.StatusOK {
				t.Errorf("%.40s is refused: %s", body, r.body)
			}
			continue
		}
		p := r.problem(t)
		var places []string
		for _, f := range p.Errors {
			if f.Code != "field_twice" {
				t.Errorf("%s: %+v", body, f)
			}
			places = append(places, f.Path)
		}
		if got := strings.Join(places, " "); p.Status != 422 || p.Code != "validation_failed" || got != want {
			t.Errorf("%s: %d %s at %q, want %q", body, p.Status, p.Code, got, want)
		}
	}
}

func TestQuestionsAskedTwice(t *testing.T) {
	s, _ := site(t)
	s.Mux().HandleFunc("GET /list", func(http.ResponseWriter, *http.Request) {})
	h := s.Handler()
	if r := ask(t, h, "GET", "/list?a=1&b=1&c=", ""); r.StatusCode != http.StatusOK {
		t.Errorf("asked once: %s", r.body)
	}
	p := ask(t, h, "GET", "/list?b=1&a=1&b=2&%61=", "").problem(t)
	if p.Status != 422 || len(p.Errors) != 2 || p.Errors[0].Path != "query.a" || p.Errors[1].Path != "query.b" || p.Errors[1].Code != "only_one_value" {
		t.Errorf("asked twice: %+v", p)
	}
}
