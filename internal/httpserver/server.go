package httpserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Server serves a site on one address and, when MetricsAddr is set, the metrics
// on another, which is not for the public. Start listens, Stop drains.
type Server struct {
	Site        *Site
	Addr        string        // host:port; port 0 picks a free one
	Metrics     http.Handler  // served as /metrics
	MetricsAddr string        // empty: off
	DrainFor    time.Duration // how long Stop waits for requests in hand: 20 s
	Log         *slog.Logger

	main, metrics *listening
	failed        chan error
}

// listening is one HTTP server with its listener.
type listening struct {
	server   *http.Server
	listener net.Listener
	done     chan error
}

const defaultDrain = 20 * time.Second

// Start listens on the addresses and serves in the background. It fails when an
// address cannot be had; then nothing is left listening.
func (s *Server) Start(ctx context.Context) error {
	s.failed = make(chan error, 2)
	var err error
	if s.main, err = s.listen(ctx, s.Addr, s.Site.Handler()); err != nil {
		return err
	}
	if s.MetricsAddr == "" || s.Metrics == nil {
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.Metrics)
	if s.metrics, err = s.listen(ctx, s.MetricsAddr, mux); err != nil {
		return errors.Join(err, s.main.server.Close())
	}
	return nil
}

func (s *Server) listen(ctx context.Context, addr string, h http.Handler) (*listening, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	on := &listening{
		listener: l,
		done:     make(chan error, 1),
		server: &http.Server{
			Handler: h,
			// The body has its own deadline in readBody: a ReadTimeout here
			// would cancel handlers that still work after the body came.
			ReadHeaderTimeout: 10 * time.Second,
			WriteTimeout:      90 * time.Second,
			IdleTimeout:       2 * time.Minute,
			MaxHeaderBytes:    64 << 10,
			ErrorLog:          slog.NewLogLogger(withoutAddresses{s.Log.Handler()}, slog.LevelDebug),
		},
	}
	go func() {
		err := on.server.Serve(l)
		if !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
		on.done <- err
	}()
	return on, nil
}

// Failed tells when a listener can accept no more though nobody has stopped it:
// then only Stop is left to do, which gives the error.
func (s *Server) Failed() <-chan error { return s.failed }

// URL gives the address that the site listens on, as http://host:port. Only
// after Start.
func (s *Server) URL() string { return "http://" + s.main.listener.Addr().String() }

// MetricsURL gives the address of the metrics, and is empty when they are off.
func (s *Server) MetricsURL() string {
	if s.metrics == nil {
		return ""
	}
	return "http://" + s.metrics.listener.Addr().String() + "/metrics"
}

// Stop stops accepting and waits for the requests in hand, at most DrainFor or
// until ctx ends; what is left then is cut off, and Stop says so.
func (s *Server) Stop(ctx context.Context) error {
	s.Site.Drain()
	drain := s.DrainFor
	if drain <= 0 {
		drain = defaultDrain
	}
	ctx, cancel := context.WithTimeout(ctx, drain)
	defer cancel()
	var errs []error
	for _, on := range []*listening{s.main, s.metrics} {
		if on == nil {
			continue
		}
		if err := on.server.Shutdown(ctx); err != nil {
			errs = append(errs, fmt.Errorf("requests were cut off after %v: %w", drain, err), on.server.Close())
		}
		if err := <-on.done; !errors.Is(err, http.ErrServerClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
