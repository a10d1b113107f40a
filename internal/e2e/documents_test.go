package e2e_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestDocuments(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "the OpenAPI document is sound", theOpenAPIDocumentIsSound)
		s.run(t, "pages load nothing from elsewhere", pagesLoadNothingFromElsewhere)
		s.run(t, "health", health)
	})
}

// page fetches a page as a browser does.
func (s *stage) page(path, language string) (int, http.Header, string) {
	s.T.Helper()
	r, err := http.NewRequestWithContext(s.T.Context(), http.MethodGet, "http://signoff.test"+path, http.NoBody)
	s.Must(err)
	r.Header.Set("Accept-Language", language)
	res, err := s.RoundTrip(r)
	s.Must(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	s.Must(err)
	return res.StatusCode, res.Header, string(body)
}

// The document is OpenAPI 3.1: every reference leads somewhere, every schema is
// a JSON Schema, every parameter of a path is described, no id is there twice.
func theOpenAPIDocumentIsSound(t *testing.T, s *stage) {
	status, header, text := s.page("/openapi.json", "zh-CN")
	if status != 200 || header.Get("Content-Type") != "application/json" {
		t.Fatalf("%d %s", status, header)
	}
	var doc map[string]any
	s.Must(json.Unmarshal([]byte(text), &doc))
	if doc["openapi"] != "3.1.0" {
		t.Errorf("version %v", doc["openapi"])
	}
	c := newContract(t, []byte(text))
	walk(doc, "", func(at string, value any) {
		object, _ := value.(map[string]any)
		if ref, ok := object["$ref"].(string); ok && !leads(doc, ref) {
			t.Errorf("%s refers to %s, which is not there", at, ref)
		}
		if strings.HasSuffix(at, "/schema") && object != nil {
			steps := mapped(strings.Split(at, "/")[1:], unescape)
			if _, err := c.schema(append([]string{"/" + steps[0]}, steps[1:]...)...); err != nil {
				t.Errorf("%s is no schema: %v", at, err)
			}
		}
	})
	schemes, _ := dig(doc, "components", "securitySchemes").(map[string]any)
	ids := map[string]bool{}
	for _, op := range c.operations {
		if ids[op.ID] || op.ID == "" || len(op.Responses) < 2 {
			t.Errorf("%s %s: the id %q, %d responses", op.method, op.path, op.ID, len(op.Responses))
		}
		ids[op.ID] = true
		for _, m := range regexp.MustCompile(`{(\w+)}`).FindAllStringSubmatch(op.path, -1) {
			if !slices.ContainsFunc(op.Parameters, func(p parameter) bool { return p.In == "path" && p.Name == m[1] && p.Required }) {
				t.Errorf("%s does not describe {%s}", op.ID, m[1])
			}
		}
		for _, need := range op.Security {
			for name := range need {
				if schemes[name] == nil {
					t.Errorf("%s needs %q, which is described nowhere", op.ID, name)
				}
			}
		}
		if (len(op.Security) == 0) != (op.Access == "everybody") {
			t.Errorf("%s is for %q and needs %v", op.ID, op.Access, op.Security)
		}
	}
}

func mapped(all []string, f func(string) string) (out []string) {
	for _, one := range all {
		out = append(out, f(one))
	}
	return out
}

// walk visits every value of a document with its JSON Pointer.
func walk(value any, at string, visit func(string, any)) {
	visit(at, value)
	switch value := value.(type) {
	case map[string]any:
		for name, below := range value {
			walk(below, at+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), visit)
		}
	case []any:
		for i, below := range value {
			walk(below, fmt.Sprint(at, "/", i), visit)
		}
	}
}

func unescape(step string) string { return strings.NewReplacer("~1", "/", "~0", "~").Replace(step) }

func leads(doc map[string]any, ref string) bool {
	pointer, ok := strings.CutPrefix(ref, "#/")
	return ok && dig(doc, mapped(strings.Split(pointer, "/"), unescape)...) != nil
}

func dig(value any, steps ...string) any {
	for _, step := range steps {
		object, _ := value.(map[string]any)
		value = object[step]
	}
	return value
}

var resource = regexp.MustCompile(`(?i)<(?:script|link|img|iframe|source|video|audio|object|embed)\b[^>]*?\b(?:src|href|data|srcset)\s*=\s*["']?([^"'\s>]+)`)

// comments load nothing, nor do pictures inside a file and the names of its formats.
var (
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	itself   = strings.NewReplacer("http://www.w3.org/", "", `url("data:`, "")
)

// The pages that people open load nothing from elsewhere, in both languages, and
// say so to the browser.
func pagesLoadNothingFromElsewhere(t *testing.T, s *stage) {
	for _, path := range []string{"/docs", "/docs/problems", "/closure-status", "/resume-account", "/docs?lang=zh-CN"} {
		for _, lang := range []string{"zh-CN", "en"} {
			status, header, body := s.page(path, lang)
			want := lang
			if strings.Contains(path, "lang=zh-CN") {
				want = "zh-CN"
			}
			if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "text/html") || !strings.Contains(body, `<html lang="`+want+`"`) || header.Get("Content-Language") != want {
				t.Errorf("%s in %s: %d %s", path, lang, status, header)
			}
			if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "//") {
				t.Errorf("%s has the policy %q", path, policy)
			}
			if found := regexp.MustCompile(`(?i)\son\w+\s*=\s*["']|style\s*=\s*["']|<script(?:\s+type="text/javascript")?>`).FindString(body); found != "" {
				t.Errorf("%s has %q, which its policy forbids", path, found)
			}
			for _, m := range resource.FindAllStringSubmatch(body, -1) {
				if !strings.HasPrefix(m[1], "/") || strings.HasPrefix(m[1], "//") {
					t.Errorf("%s loads %s", path, m[1])
					continue
				}
				status, header, content := s.page(m[1], lang)
				if status != 200 || header.Get("X-Content-Type-Options") != "nosniff" || regexp.MustCompile(`\burl\(|@import|https?://`).MatchString(itself.Replace(comments.ReplaceAllString(content, ""))) {
					t.Errorf("%s loads %s, which gives %d, or loads more", path, m[1], status)
				}
			}
		}
	}
}

func health(t *testing.T, s *stage) {
	for path, want := range map[string]string{"/healthz": `"ok"`, "/readyz": `"ready"`} {
		if status, _, body := s.page(path, "en"); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if status, _, _ := s.page("/metrics", "en"); status != 404 {
		t.Errorf("the metrics are on the public listener: %d", status)
	}
	for path, header := range map[string]string{"/healthz": "Referrer-Policy", "/docs": "X-Content-Type-Options", "/v1/keys": "X-Request-Id"} {
		if _, got, _ := s.page(path, "en"); got.Get(header) == "" {
			t.Errorf("%s has no %s: %v", path, header, got)
		}
	}
}
