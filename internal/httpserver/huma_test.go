package httpserver_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
)

type everything struct {
	ID    int       `path:"id"`
	Limit int       `query:"limit" minimum:"1" maximum:"100"`
	Since time.Time `query:"since"`
	Dry   bool      `query:"dry"`
	Body  struct {
		Name   string            `json:"name" minLength:"1" maxLength:"5"`
		Kind   string            `json:"kind,omitempty" enum:"person,robot"`
		Age    int8              `json:"age,omitempty" minimum:"1"`
		Rate   float64           `json:"rate,omitempty" exclusiveMaximum:"1"`
		Step   int               `json:"step,omitempty" multipleOf:"5"`
		On     bool              `json:"on,omitempty"`
		Mail   string            `json:"mail,omitempty" format:"email"`
		Due    time.Time         `json:"due,omitempty"`
		Ref    string            `json:"ref,omitempty" format:"uuid"`
		Code   string            `json:"code,omitempty" pattern:"^[a-z]+$"`
		Spoken string            `json:"spoken,omitempty" pattern:"^[a-z]+$" patternDescription:"lower case"`
		Tags   []string          `json:"tags,omitempty" minItems:"1" maxItems:"2" uniqueItems:"true"`
		Labels map[string]string `json:"labels,omitempty" maxProperties:"1"`
		Inner  []struct {
			Value string `json:"value"`
		} `json:"inner,omitempty"`
	}
}

func thing(s *httpserver.Site, fail func() error) http.Handler {
	huma.Register(api(s), huma.Operation{OperationID: "change-thing", Method: "POST", Path: "/v1/things/{id}"},
		func(context.Context, *everything) (*struct{}, error) { return nil, fail() })
	return s.Handler()
}

// Every refusal of huma comes out with a code, a place, and a text.
func TestValidationFailuresHaveStableCodes(t *testing.T) {
	s, log := site(t)
	h := thing(s, func() error { return nil })
	for _, tc := range []struct{ target, body, path, code, detail string }{
		{"", `{}`, "name", "required", "This is required."},
		{"", `{"name":"a","nmae":"secret-value"}`, "nmae", "unknown_field", "This field is not known."},
		{"", `{"Name":"a"}`, "Name", "unknown_field", "This field is not known."},
		{"", `{"name":7}`, "name", "wrong_type", "This must be a string."},
		{"", `{"name":"a","age":1.5}`, "age", "wrong_type", "This must be a whole number."},
		{"", `{"name":"a","age":"x"}`, "age", "wrong_type", "This must be a whole number."},
		{"", `{"name":"a","age":300}`, "age", "invalid_value", "This value is not valid."},
		{"", `{"name":"a","rate":"x"}`, "rate", "wrong_type", "This must be a number."},
		{"", `{"name":"a","on":1}`, "on", "wrong_type", "This must be true or false."},
		{"", `{"name":"a","tags":{}}`, "tags", "wrong_type", "This must be a list."},
		{"", `[]`, "body", "wrong_type", "This must be an object."},
		{"", `{"name":""}`, "name", "too_short", "This must be at least 1 character long."},
		{"", `{"name":"secret-value"}`, "name", "too_long", "This must be at most 5 characters long."},
		{"", `{"name":"a","kind":"cat"}`, "kind", "not_in_list", "This must be one of: person, robot."},
		{"", `{"name":"a","age":0}`, "age", "too_small", "This must be at least 1."},
		{"", `{"name":"a","rate":1}`, "rate", "not_below", "This must be less than 1."},
		{"", `{"name":"a","step":7}`, "step", "not_a_multiple", "This must be a multiple of 5."},
		{"", `{"name":"a","mail":"secret-value"}`, "mail", "wrong_format", "This must be in the format RFC 5322 e-mail."},
		{"", `{"name":"a","due":"soon"}`, "due", "wrong_format", "This must be in the format RFC 3339 date-time."},
		{"", `{"name":"a","ref":"1"}`, "ref", "wrong_format", "This must be in the format UUID."},
		{"", `{"name":"a","code":"A"}`, "code", "wrong_pattern", "This must match the pattern ^[a-z]+$."},
		{"", `{"name":"a","spoken":"A"}`, "spoken", "wrong_format", "This must be in the format lower case."},
		{"", `{"name":"a","tags":[]}`, "tags", "too_few", "This needs at least 1 entry."},
		{"", `{"name":"a","tags":["a","b","c"]}`, "tags", "too_many", "This may have at most 2 entries."},
		{"", `{"name":"a","tags":["a","a"]}`, "tags", "not_unique", "The entries of this list must all be different."},
		{"", `{"name":"a","labels":{"a":"","b":""}}`, "labels", "too_many", "This may have at most 1 entry."},
		{"", `{"name":"a","inner":[{"value":"x"},{}]}`, "inner[1].value", "required", "This is required."},
		{"?limit=0", `{"name":"a"}`, "query.limit", "too_small", "This must be at least 1."},
		{"?limit=x", `{"name":"a"}`, "query.limit", "wrong_type", "This must be a whole number."},
		{"?dry=x", `{"name":"a"}`, "query.dry", "wrong_type", "This must be true or false."},
		{"?since=x", `{"name":"a"}`, "query.since", "wrong_format", "This must be in the format RFC 3339 date-time."},
		{"?limt=3", `{"name":"a"}`, "query.limt", "unknown_parameter", "This query parameter is not known."},
	} {
		r := ask(t, h, "POST", "/v1/things/1"+tc.target, tc.body, "Accept-Language: en")
		p := r.problem(t)
		if p.Status != 422 || p.Code != "validation_failed" || len(p.Errors) == 0 {
			t.Errorf("%s %s: got %s", tc.target, tc.body, r.body)
			continue
		}
		found := false
		for _, e := range p.Errors {
			found = found || e.Path == tc.path && e.Code == tc.code && e.Detail == tc.detail
		}
		if !found {
			t.Errorf("%s %s: got %+v", tc.target, tc.body, p.Errors)
		}
		if strings.Contains(r.body, "secret-value") {
			t.Errorf("the value is repeated: %s", r.body)
		}
	}
	if strings.Contains(log.String(), "secret-value") {
		t.Error("a value is in the log")
	}
	p := ask(t, h, "POST", "/v1/things/x", `{"nmae":""}`, "Accept-Language: zh").problem(t)
	if len(p.Errors) != 3 || p.Detail != "请求中有 3 处内容无效。" {
		t.Errorf("got %+v", p)
	}
}

func TestMalformedRequests(t *testing.T) {
	s, _ := site(t)
	h := thing(s, func() error { return nil })
	for _, tc := range []struct {
		name, body, header string
		status             int
		code, detail       string
	}{
		{"not JSON", "{\n  \"name\": nope}", "", 400, "body_not_json", "The request body is not valid JSON: line 2, column 12."},
		{"cut off", `{"name":`, "", 400, "body_not_json", "The request body is not valid JSON: line 1, column 8."},
		{"two documents", `{"name":"a"}{}`, "", 400, "body_not_json", ""},
		{"empty", "", "", 400, "body_required", ""},
		{"other type", `{"name":"a"}`, "Content-Type: text/csv", 415, "unsupported_media_type", ""},
		{"huge", `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, "", 413, "body_too_large", "The request body is larger than the 1048576 bytes accepted here."},
	} {
		headers := []string{"Accept-Language: en"}
		if tc.header != "" {
			headers = append(headers, tc.header)
		}
		p := ask(t, h, "POST", "/v1/things/1", tc.body, headers...).problem(t)
		if p.Status != tc.status || p.Code != tc.code || tc.detail != "" && p.Detail != tc.detail {
			t.Errorf("%s: got %+v", tc.name, p)
		}
	}
}

func TestOperationsFailWithFaults(t *testing.T) {
	s, log := site(t)
	var err error
	h := thing(s, func() error { return err })
	for _, tc := range []struct {
		err    error
		status int
		code   string
	}{
		{fault.New(fault.Conflict, "conflict").Because(errors.New("row 7")), 409, "conflict"},
		{fault.New(fault.NotFound, "not_found"), 404, "not_found"},
		{fault.New(fault.TooMany, "rate_limited", "retry_after", time.Minute), 429, "rate_limited"},
		{errors.New("row 8 is broken"), 500, "internal"},
		{huma.Error403Forbidden("plain English"), 403, "forbidden"},
		{huma.Error412PreconditionFailed(""), 412, "precondition_failed"},
	} {
		err = tc.err
		r := ask(t, h, "POST", "/v1/things/1", `{"name":"a"}`, "Accept-Language: zh-CN")
		p := r.problem(t)
		if p.Status != tc.status || p.Code != tc.code || p.Instance == "" || r.Header.Get("Content-Language") != "zh-CN" {
			t.Errorf("%v: got %+v", tc.err, p)
		}
		if tc.status == 429 && r.Header.Get("Retry-After") != "60" {
			t.Errorf("Retry-After %q", r.Header.Get("Retry-After"))
		}
		if strings.Contains(r.body, "row") || strings.Contains(r.body, "plain English") {
			t.Errorf("shown: %s", r.body)
		}
	}
	if !strings.Contains(log.String(), "row 8 is broken") {
		t.Error("an unknown error is not logged")
	}
}

func TestAMiddlewareRefusesBeforeTheOperationRuns(t *testing.T) {
	s, _ := site(t)
	ran := false
	huma.Register(api(s), huma.Operation{OperationID: "x", Method: "GET", Path: "/x",
		Middlewares: huma.Middlewares{func(ctx huma.Context, _ func(huma.Context)) {
			httpserver.Fail(ctx, fault.New(fault.TooMany, "rate_limited", "retry_after", 5*time.Second))
		}},
	}, func(context.Context, *struct{}) (*struct{}, error) { ran = true; return nil, nil })
	r := ask(t, s.Handler(), "GET", "/x", "")
	if p := r.problem(t); p.Status != 429 || r.Header.Get("Retry-After") != "5" || ran {
		t.Errorf("got %+v, ran %v", p, ran)
	}
}
