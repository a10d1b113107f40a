package api_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/api"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/texts"
)

// bare is the API with nothing behind it: for what it says of itself.
func bare(t *testing.T) http.Handler {
	t.Helper()
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	catalogue.Missing = func(lang, key string) { t.Errorf("no text for %s in %s", key, lang) }
	site := &httpserver.Site{Texts: catalogue, Log: slog.New(slog.DiscardHandler), Now: time.Now, NewID: func() string { return "id" }}
	(&api.API{Now: time.Now, Answers: noAnswers{}, Version: "test"}).Mount(site)
	return site.Handler()
}

// noAnswers keeps nothing: it is only there to be documented.
type noAnswers struct{ httpserver.IdempotencyStore }

func ask(h http.Handler, target, language string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, http.NoBody)
	r.Header.Set("Accept-Language", language)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func document(t *testing.T) []byte {
	t.Helper()
	return ask(bare(t), "/openapi.json", "en").Body.Bytes()
}

// docs/api.md lists every operation as it is.
func TestTheManualListsEveryOperation(t *testing.T) {
	manual, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := regexp.MustCompile("(?m)^\\| `[A-Z]+ /v1/.*\\|$").FindAllString(string(manual), -1)
	slices.Sort(listed)
	var want []string
	for _, op := range operationsOf(t, document(t)) {
		want = append(want, fmt.Sprintf("| `%s %s` | %s | %s |", op.Method, op.Path, op.Summary, op.Access))
	}
	slices.Sort(want)
	for _, line := range want {
		if !slices.Contains(listed, line) {
			t.Errorf("docs/api.md lacks:\n%s", line)
		}
	}
	for _, line := range listed {
		if !slices.Contains(want, line) {
			t.Errorf("docs/api.md has, and the API has not:\n%s", line)
		}
	}
}

// Every operation has a name, a summary in both languages, and says how it can
// fail; what creates can be repeated, and what tells a secret cannot.
func TestEveryOperationIsDocumented(t *testing.T) {
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			ID         string           `json:"operationId"`
			Security   []map[string]any `json:"security"`
			Access     string           `json:"x-access"`
			Parameters []struct {
				Name string `json:"name"`
			} `json:"parameters"`
			Responses map[string]json.RawMessage `json:"responses"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(document(t), &doc); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"sign-in", "confirm-closure", "register", "sign-in-by-passkey", "complete-sign-in", "begin-own-totp", "make-register-link",
		"renew-own-recovery-codes", "make-reset-link", "add-own-passkey"} // register holds a password and a code
	for path, methods := range doc.Paths {
		for method, op := range methods {
			for _, lang := range language.All() {
				if !catalogue.Has(lang, "api."+op.ID+".summary") {
					t.Errorf("%s has no summary in %s", op.ID, lang)
				}
			}
			if op.Responses["default"] == nil || op.Access == "" {
				t.Errorf("%s %s: does not say how it can fail, or for whom it is", method, path)
			}
			if open := op.Access == "everybody"; open != (len(op.Security) == 0) || op.Security == nil {
				t.Errorf("%s is for %s, and needs %v", op.ID, op.Access, op.Security)
			}
			takesKey := false
			for _, p := range op.Parameters {
				takesKey = takesKey || p.Name == "Idempotency-Key"
			}
			creates := method == "post" && op.Responses["201"] != nil
			if takesKey != (creates && !slices.Contains(secrets, op.ID)) {
				t.Errorf("%s: Idempotency-Key %v", op.ID, takesKey)
			}
		}
	}
}
