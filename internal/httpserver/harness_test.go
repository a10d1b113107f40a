package httpserver_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/texts"
)

// logged is a log that a test can read while a server writes it.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// site gives a site whose texts must all be there, and what it logs.
func site(t *testing.T) (*httpserver.Site, *logged) {
	t.Helper()
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	catalogue.Missing = func(lang, key string) { t.Errorf("no text for %s in %s", key, lang) }
	log := &logged{}
	var mu sync.Mutex
	n := 0
	return &httpserver.Site{
		Texts: catalogue,
		Log:   slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:   time.Now,
		NewID: func() string {
			mu.Lock()
			defer mu.Unlock()
			n++
			return fmt.Sprintf("00000000-0000-7000-8000-%012d", n)
		},
	}, log
}

// api gives a site's huma API, as the program sets it up.
func api(s *httpserver.Site) huma.API {
	return s.API(&huma.Info{Title: "Signoff", Version: "1.0.0"})
}

// reply is an answer, read whole.
type reply struct {
	*http.Response
	body string
}

func (r reply) problem(t *testing.T) httpserver.Problem {
	t.Helper()
	if got := r.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("Content-Type %q for status %d: %s", got, r.StatusCode, r.body)
	}
	var p httpserver.Problem
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		t.Fatalf("%v in %q", err, r.body)
	}
	if p.Status != r.StatusCode {
		t.Errorf("the document says %d, the status line %d", p.Status, r.StatusCode)
	}
	return p
}

// ask sends a request through the whole handler. Headers are "Name: value".
func ask(t *testing.T, h http.Handler, method, target, body string, headers ...string) reply {
	t.Helper()
	var in io.Reader
	if body != "" {
		in = strings.NewReader(body)
	}
	r := httptest.NewRequestWithContext(context.Background(), method, target, in)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res, string(out)}
}
