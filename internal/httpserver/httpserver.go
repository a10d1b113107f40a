// Package httpserver is the ground that every face stands on. It has the mux
// with its middleware, problem documents (RFC 9457) made from faults, the glue
// to huma, the API reference, idempotent POSTs, health checks, and a server
// that stops without cutting anybody off. A fault's kind becomes a status code
// here and nowhere else.
package httpserver

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/signoff-id/signoff/internal/texts"
)

// Metrics is told about every finished request. The route is the pattern that
// matched ("GET /v1/accounts/{id}"), never the path, and "unmatched" when none did.
type Metrics interface {
	ObserveRequest(method, route string, status int, took time.Duration)
}

// Site is one HTTP face: set its fields, add routes to Mux and API, then take
// Handler. Texts, Log, Now and NewID must be set; the zero value of the rest
// means the default named beside it.
type Site struct {
	Texts   *texts.Catalogue
	Log     *slog.Logger
	Now     func() time.Time
	NewID   func() string // UUIDs, for request ids
	Metrics Metrics       // none
	Tracer  trace.Tracer  // none
	// PublicURL is where callers reach this site, without a trailing slash.
	// With https it also turns on Strict-Transport-Security.
	PublicURL   string
	Proxies     []netip.Prefix // whose X-Forwarded-For is believed: nobody's
	MaxBody     int64          // bytes of a request body: 1 MiB
	BodyTimeout time.Duration  // to receive a request body: 15 s
	Timeout     time.Duration  // to answer a request: 30 s
	// Checks are asked by /readyz, by name; each must answer within 2 s.
	Checks map[string]func(context.Context) error

	// ErrorPage answers a problem to somebody who looks at pages, with the
	// problem's status. Nil: everybody gets the document.
	ErrorPage func(w http.ResponseWriter, r *http.Request, p *Problem)

	mux       *http.ServeMux
	large     map[string]int64 // limits of large bodies, by pattern
	draining  atomic.Bool
	drainOnce sync.Once
	drained   chan struct{}
}

const (
	defaultMaxBody     = 1 << 20
	defaultBodyTimeout = 15 * time.Second
	defaultTimeout     = 30 * time.Second
)

func (s *Site) maxBody() int64 {
	if s.MaxBody > 0 {
		return s.MaxBody
	}
	return defaultMaxBody
}

func (s *Site) bodyTimeout() time.Duration {
	if s.BodyTimeout > 0 {
		return s.BodyTimeout
	}
	return defaultBodyTimeout
}

func (s *Site) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return defaultTimeout
}

// Mux is where plain routes are added, before Handler is called for the first
// time. Health checks are on it from the start.
func (s *Site) Mux() *http.ServeMux {
	if s.mux == nil {
		s.mux = http.NewServeMux()
		s.mux.HandleFunc("GET /healthz", s.healthz)
		s.mux.HandleFunc("GET /readyz", s.readyz)
	}
	return s.mux
}

// Handler gives the routes with all middleware around them. From the outside in:
// what was asked and how it ended; a panic; the headers that every answer has;
// a time limit; the body, read and checked; and inside, the routes.
func (s *Site) Handler() http.Handler {
	return s.observe(s.recoverPanic(s.secureHeaders(s.limitTime(s.readBody(s.route())))))
}
