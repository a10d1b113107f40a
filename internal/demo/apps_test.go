package demo_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/demo"
)

// The demo's home page leads to pages that are there, and to nothing else.
func TestTheDemosAppsAreThere(t *testing.T) {
	d, err := demo.Open(t.Context(), t.TempDir(), "127.0.0.1:0", world())
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), d.Config, world())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	if len(d.Config.Apps) == 0 {
		t.Error("the demo's home page is empty")
	}
	for _, to := range d.Config.Apps {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, to.URL, nil)
		r.Header.Set("Accept", "text/html")
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, r)
		if w.Code >= 400 {
			t.Errorf("%s leads to %s, which answers %d", to.ID, to.URL, w.Code)
		}
	}
}
