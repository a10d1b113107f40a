package httpserver

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// checkTimeout is how long one readiness check may take.
const checkTimeout = 2 * time.Second

// healthz says that the process is alive: it asks nothing else, so that a
// database that is down does not get the process restarted.
func (s *Site) healthz(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"status": "ok"})
}

// readyz says whether this node should get requests: every check answers, and
// the server is not shutting down. Why a check fails is in the log only.
func (s *Site) readyz(w http.ResponseWriter, r *http.Request) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	results := map[string]string{}
	status, word := http.StatusOK, "ready"
	ctx, cancel := context.WithTimeout(r.Context(), checkTimeout)
	defer cancel()
	for name, check := range s.Checks {
		wg.Go(func() {
			err := check(ctx)
			mu.Lock()
			defer mu.Unlock()
			if results[name] = "ok"; err != nil {
				results[name] = "failing"
				status, word = http.StatusServiceUnavailable, "not ready"
				s.Log.LogAttrs(ctx, slog.LevelWarn, "readiness check fails",
					slog.String("check", name), slog.String("error", err.Error()))
			}
		})
	}
	wg.Wait()
	if s.draining.Load() {
		status, word = http.StatusServiceUnavailable, "draining"
	}
	writeJSON(w, status, map[string]any{"status": word, "checks": results})
}

// Drain makes /readyz answer 503 from now on, so that a load balancer sends new
// callers elsewhere while those in hand are still served. Streams end.
func (s *Site) Drain() {
	if !s.draining.Swap(true) {
		close(s.drains())
	}
}

// drains is closed when the site drains.
func (s *Site) drains() chan struct{} {
	s.drainOnce.Do(func() { s.drained = make(chan struct{}) })
	return s.drained
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
