package httpserver_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/httpserver"
)

func started(t *testing.T, s *httpserver.Server) {
	t.Helper()
	s.Addr, s.Log = "127.0.0.1:0", s.Site.Log
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		return 0, err.Error()
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, string(body)
}

func TestStopWaitsForRequestsInHand(t *testing.T) {
	s, _ := site(t)
	entered, leave := make(chan struct{}), make(chan struct{})
	s.Mux().HandleFunc("GET /work", func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-leave
		_, _ = io.WriteString(w, "done")
	})
	srv := &httpserver.Server{Site: s}
	started(t, srv)
	url := srv.URL()

	answer := make(chan string, 1)
	go func() { _, body := get(t, url+"/work"); answer <- body }()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- srv.Stop(context.Background()) }()
	for deadline := time.Now().Add(time.Minute); ; { // until it accepts no more
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			break
		}
		_ = conn.Close()
		if time.Now().After(deadline) {
			t.Fatal("still accepting")
		}
	}
	select {
	case err := <-stopped:
		t.Fatalf("stopped with a request in hand: %v", err)
	default:
	}
	close(leave)
	if got := <-answer; got != "done" {
		t.Errorf("the request in hand got %q", got)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestStopCutsOffAtItsDeadline(t *testing.T) {
	s, _ := site(t)
	entered := make(chan struct{})
	s.Mux().HandleFunc("GET /stuck", func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	})
	srv := &httpserver.Server{Site: s, DrainFor: 10 * time.Millisecond}
	started(t, srv)
	go get(t, srv.URL()+"/stuck")
	<-entered
	if err := srv.Stop(context.Background()); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("got %v", err)
	}
}

// Whoever serves hears of a listener that is lost, and only then.
func TestALostListenerIsTold(t *testing.T) {
	s, _ := site(t)
	srv := &httpserver.Server{Site: s}
	started(t, srv)
	select {
	case err := <-srv.Failed():
		t.Fatalf("failed while it served: %v", err)
	default:
	}
	if err := srv.Break(); err != nil {
		t.Fatal(err)
	}
	if err := <-srv.Failed(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := srv.Stop(context.Background()); !errors.Is(err, net.ErrClosed) {
		t.Errorf("stopped with %v", err)
	}

	other, _ := site(t)
	stopped := &httpserver.Server{Site: other}
	started(t, stopped)
	if err := stopped.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-stopped.Failed():
		t.Errorf("to be stopped is no failure: %v", err)
	default:
	}
}

func TestMetricsHaveTheirOwnAddress(t *testing.T) {
	s, _ := site(t)
	srv := &httpserver.Server{Site: s, MetricsAddr: "127.0.0.1:0",
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "signoff_up 1\n") })}
	started(t, srv)
	t.Cleanup(func() { _ = srv.Stop(context.Background()) })
	if code, body := get(t, srv.MetricsURL()); code != 200 || body != "signoff_up 1\n" {
		t.Errorf("got %d %q", code, body)
	}
	if code, _ := get(t, srv.URL()+"/metrics"); code != 404 {
		t.Errorf("the public address answers /metrics with %d", code)
	}
	if code, _ := get(t, strings.TrimSuffix(srv.MetricsURL(), "metrics")+"healthz"); code != 404 {
		t.Errorf("the metrics address answers more than metrics: %d", code)
	}
}

func TestDrainingIsNotReady(t *testing.T) {
	s, _ := site(t)
	h := s.Handler()
	s.Drain()
	if r := ask(t, h, "GET", "/readyz", ""); r.StatusCode != 503 || !strings.Contains(r.body, "draining") {
		t.Errorf("got %d %s", r.StatusCode, r.body)
	}
}

func TestStartFailsOnAnAddressInUse(t *testing.T) {
	s, _ := site(t)
	first := &httpserver.Server{Site: s}
	started(t, first)
	t.Cleanup(func() { _ = first.Stop(context.Background()) })
	taken := strings.TrimPrefix(first.URL(), "http://")
	second := &httpserver.Server{Site: s, Addr: taken, Log: s.Log}
	if err := second.Start(t.Context()); err == nil || !strings.Contains(err.Error(), taken) {
		t.Errorf("got %v", err)
	}
	third := &httpserver.Server{Site: s, Addr: "127.0.0.1:0", MetricsAddr: taken, Metrics: http.NotFoundHandler(), Log: s.Log}
	if err := third.Start(t.Context()); err == nil {
		t.Error("started without its metrics")
	}
}

// A body that stops coming is given up, and tells so.
func TestSlowBodyTimesOut(t *testing.T) {
	s, _ := site(t)
	s.BodyTimeout = 20 * time.Millisecond
	s.Mux().HandleFunc("POST /x", func(http.ResponseWriter, *http.Request) { t.Error("the handler ran") })
	srv := &httpserver.Server{Site: s}
	started(t, srv)
	t.Cleanup(func() { _ = srv.Stop(context.Background()) })
	conn, err := net.Dial("tcp", strings.TrimPrefix(srv.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = fmt.Fprint(conn, "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != 408 {
		t.Errorf("got %d", res.StatusCode)
	}
}

// A handler may work on long after its body came.
func TestBodyTimeoutDoesNotStopTheHandler(t *testing.T) {
	s, _ := site(t)
	s.BodyTimeout = 500 * time.Millisecond // a busy machine takes long to read a short body
	s.Mux().HandleFunc("POST /x", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
			t.Error("the request was cancelled")
		case <-time.After(2 * s.BodyTimeout):
		}
		w.WriteHeader(http.StatusNoContent)
	})
	srv := &httpserver.Server{Site: s}
	started(t, srv)
	t.Cleanup(func() { _ = srv.Stop(context.Background()) })
	r, err := http.NewRequestWithContext(t.Context(), "POST", srv.URL()+"/x", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != 204 {
		t.Errorf("got %d", res.StatusCode)
	}
}
