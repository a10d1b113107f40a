package telemetry_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/telemetry"
)

func scraped(t *testing.T, m *telemetry.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("got %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestMetrics(t *testing.T) {
	m := telemetry.NewMetrics("1.2.3")
	m.ObserveRequest("GET", "GET /v1/sessions/{id}", 200, 3*time.Millisecond)
	m.SessionChecked(true)
	m.SessionChecked(true)
	m.SessionChecked(false)
	m.SignedOut("organisation")
	m.JobDone("erase_part", true, time.Second)
	got := scraped(t, m)
	for _, want := range []string{
		`signoff_http_request_duration_seconds_count{method="GET",route="GET /v1/sessions/{id}",status="200"} 1`,
		`signoff_http_request_duration_seconds_bucket{method="GET",route="GET /v1/sessions/{id}",status="200",le="0.005"} 1`,
		`signoff_session_checks_total{outcome="valid"} 2`, `signoff_session_checks_total{outcome="not_valid"} 1`,
		`signoff_sign_outs_total{scope="organisation"} 1`,
		`signoff_job_duration_seconds_count{kind="erase_part",outcome="failed"} 1`,
		`version="1.2.3"`, "go_goroutines", "process_start_time_seconds",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestFiguresAreReadWhenAsked(t *testing.T) {
	m := telemetry.NewMetrics("1")
	pending := 4
	var broken error
	m.Watch(telemetry.Figures{
		ClosuresByState: func(context.Context) (map[string]int, error) { return map[string]int{"cooling_off": 7}, nil },
		ErasureParts:    func(context.Context) (int, int, error) { return pending, 1, broken },
		AuditPending:    func(context.Context) (int, error) { return 2, nil },
	})
	got := scraped(t, m)
	for _, want := range []string{`signoff_closures{state="cooling_off"} 7`, "signoff_erasure_parts_pending 4", "signoff_erasure_parts_overdue 1", "signoff_audit_entries_pending 2"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if strings.Contains(got, "signoff_notices_pending ") {
		t.Error("a figure that nobody gives is there")
	}
	pending = 3
	if got := scraped(t, m); !strings.Contains(got, "signoff_erasure_parts_pending 3") {
		t.Error("the figure is old")
	}
	broken = errors.New("database is down")
	if got := scraped(t, m); strings.Contains(got, "\nsignoff_erasure_parts_pending ") || !strings.Contains(got, `signoff_closures{state="cooling_off"} 7`) {
		t.Error("one that fails shows a false figure, or takes the others with it")
	}
	if got := scraped(t, m); !strings.Contains(got, `signoff_metrics_failures_total{figure="erasure_parts"}`) {
		t.Error("the failure is not counted")
	}
}
