package telemetry_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/telemetry"
)

func TestTracesGoToTheCollector(t *testing.T) {
	got := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got <- r.URL.Path + " " + string(body)
	}))
	defer collector.Close()
	tracer, shutdown, err := telemetry.Tracing(t.Context(), collector.URL, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	_, span := tracer.Start(t.Context(), "GET /v1/closures/{id}")
	span.End()
	if err := shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent := <-got
	for _, want := range []string{"/v1/traces ", "GET /v1/closures/{id}", "signoff", "1.2.3"} {
		if !strings.Contains(sent, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if host, err := os.Hostname(); err == nil && strings.Contains(sent, host) {
		t.Error("the host's name is sent")
	}
}

func TestNoCollectorNoTraces(t *testing.T) {
	tracer, shutdown, err := telemetry.Tracing(t.Context(), "", "1")
	if err != nil {
		t.Fatal(err)
	}
	if _, span := tracer.Start(t.Context(), "x"); span.IsRecording() {
		t.Error("recording for nobody")
	}
	if err := shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if _, _, err := telemetry.Tracing(t.Context(), "not a url", "1"); err == nil {
		t.Error("an endpoint that is none was accepted")
	}
}
