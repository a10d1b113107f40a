package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// The page of the link that ends a pause does nothing by being opened, and loads
// nothing from elsewhere.
func TestTheResumePage(t *testing.T) {
	h := bare(t)
	for lang, want := range map[string]string{"en": "Resume your account", "zh-CN": "恢复使用账号"} {
		page := ask(h, "/resume-account?lang="+lang, "")
		if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), want) || strings.Contains(page.Body.String(), "<no value>") {
			t.Errorf("%s: %d %s", lang, page.Code, page.Body)
		}
		if csp := page.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("policy %q", csp)
		}
	}
	if script := ask(h, "/resume-account/page.js", "en"); script.Code != http.StatusOK || !strings.Contains(script.Body.String(), "/v1/account/resume") {
		t.Errorf("the script: %d", script.Code)
	}
}
