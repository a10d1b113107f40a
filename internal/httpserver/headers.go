package httpserver

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// secureHeaders sets what every answer carries; a page that needs more (a style
// sheet, a cache) sets its own over it. The values follow the OWASP REST
// Security Cheat Sheet.
func (s *Site) secureHeaders(next http.Handler) http.Handler {
	https := strings.HasPrefix(s.PublicURL, "https://")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Add("Vary", "Accept-Language")
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// limitTime ends the request's context when it has taken too long. A stream takes
// the limit away.
func (s *Site) limitTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit := s.timeout()
		if s.limitOf(r) > 0 {
			limit = 2 * uploadTimeout
		}
		ctx, cancel := context.WithCancelCause(r.Context())
		defer cancel(nil)
		timer := time.AfterFunc(limit, func() { cancel(context.DeadlineExceeded) })
		defer timer.Stop()
		requestOf(ctx).unlimit = func() { timer.Stop() }
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
