package httpserver_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

type closureInput struct {
	Org  string `query:"org" doc:"Only this organisation's." maxLength:"36"`
	Body struct {
		Reason string   `json:"reason" doc:"Why <b>now</b>." maxLength:"200"`
		Policy string   `json:"policy,omitempty" enum:"dingtalk,wecom"`
		Notes  []string `json:"notes,omitempty"`
	}
}

type closureOutput struct {
	Body struct {
		ID string `json:"id" format:"uuid"`
	}
}

func TestReferenceNeedsNothingFromElsewhere(t *testing.T) {
	s, _ := site(t)
	a := api(s)
	a.OpenAPI().Tags = []*huma.Tag{{Name: "Closures", Description: "Ends of accounts."}}
	huma.Register(a, huma.Operation{OperationID: "request-closure", Method: "POST", Path: "/v1/closures", Tags: []string{"Closures"},
		Summary: "Request a closure", Security: []map[string][]string{{"session": {}}}},
		func(context.Context, *closureInput) (*closureOutput, error) { return &closureOutput{}, nil })
	h := s.Handler()

	r := ask(t, h, "GET", "/docs", "", "Accept-Language: en")
	for _, want := range []string{
		"Request a closure", "/v1/closures", "Ends of accounts.", "Needs sign-in", "Why &lt;b&gt;now&lt;/b&gt;.",
		"dingtalk | wecom", "maxLength 200", "Only this organisation", "list of string", `href="#schema-Problem"`, `id="schema-Problem"`,
	} {
		if !strings.Contains(r.body, want) {
			t.Errorf("the reference does not say %q", want)
		}
	}
	csp := r.Header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "http") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	if found := regexp.MustCompile(`(?i)<script|style="|(src|href)="(https?:)?//`).FindString(r.body); found != "" {
		t.Errorf("the page has %q", found)
	}
	if css := ask(t, h, "GET", "/docs/reference.css", ""); css.StatusCode != 200 || !strings.HasPrefix(css.Header.Get("Content-Type"), "text/css") || strings.Contains(css.body, "url(") {
		t.Errorf("style sheet: %d %s", css.StatusCode, css.Header.Get("Content-Type"))
	}
	// Every link inside the page leads somewhere.
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(r.body, -1) {
		if !strings.Contains(r.body, `id="`+m[1]+`"`) {
			t.Errorf("#%s leads nowhere", m[1])
		}
	}

	zh := ask(t, h, "GET", "/docs?lang=zh-CN", "", "Accept-Language: en")
	for _, want := range []string{`<html lang="zh-CN">`, "API 参考", "请求体", "需要登录"} {
		if !strings.Contains(zh.body, want) {
			t.Errorf("the Chinese reference does not say %q", want)
		}
	}
}

func TestProblemCodesAreExplained(t *testing.T) {
	s, _ := site(t)
	api(s)
	r := ask(t, s.Handler(), "GET", "/docs/problems", "", "Accept-Language: zh-CN")
	if !strings.Contains(r.body, `<tr id="too_long"><td><code>too_long</code></td><td>此项不得超过 ‹max› 个字符。</td>`) {
		t.Errorf("too_long is not explained in %s", r.body)
	}
}

func TestOpenAPIDocument(t *testing.T) {
	s, _ := site(t)
	s.PublicURL = "https://id.example.com"
	huma.Register(api(s), huma.Operation{OperationID: "request-closure", Method: "POST", Path: "/v1/closures"},
		func(context.Context, *closureInput) (*closureOutput, error) { return &closureOutput{}, nil })
	r := ask(t, s.Handler(), "GET", "/openapi.json", "")
	var doc struct {
		OpenAPI string `json:"openapi"`
		Servers []struct{ URL string }
		Paths   map[string]map[string]struct {
			Responses map[string]struct {
				Content map[string]struct {
					Schema struct {
						Ref string `json:"$ref"`
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(r.body), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || len(doc.Servers) != 1 || doc.Servers[0].URL != "https://id.example.com" {
		t.Errorf("got %+v", doc)
	}
	failed := doc.Paths["/v1/closures"]["post"].Responses["default"].Content["application/problem+json"]
	if failed.Schema.Ref != "#/components/schemas/Problem" {
		t.Errorf("failures are documented as %+v", doc.Paths)
	}
	if strings.Contains(r.body, "$schema") {
		t.Error("bodies are documented with $schema")
	}
}
