package httpserver

import (
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// noDeadline takes a connection's deadline away.
var noDeadline time.Time

// route runs the mux, notes which pattern matched, and turns the mux's own plain
// answers (nothing here, wrong method) into problem documents.
func (s *Site) route() http.Handler {
	mux := s.Mux()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &routed{ResponseWriter: w, request: r}
		defer out.note() // also when the handler panics, or answers nothing
		mux.ServeHTTP(out, r)
		switch out.refused {
		case http.StatusNotFound:
			s.WriteProblem(w, r, fault.New(fault.NotFound, "not_found"))
		case http.StatusMethodNotAllowed:
			s.WriteProblem(w, r, fault.New(fault.Invalid, "method_not_allowed", "method", method(r)))
		}
	})
}

// routed stands between the mux and the writer. ServeMux sets the request's
// Pattern before it runs a handler of ours, and leaves it empty for its own.
type routed struct {
	http.ResponseWriter
	request *http.Request
	noted   bool
	refused int
}

func (w *routed) note() {
	if w.noted {
		return
	}
	w.noted = true
	if p := w.request.Pattern; p != "" {
		requestOf(w.request.Context()).route = p
	}
}

func (w *routed) WriteHeader(status int) {
	w.note()
	if w.request.Pattern == "" && (status == http.StatusNotFound || status == http.StatusMethodNotAllowed) {
		w.refused = status
		w.Header().Del("Content-Type")
		w.Header().Del("Content-Length")
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *routed) Write(b []byte) (int, error) {
	w.note()
	if w.refused != 0 {
		return len(b), nil // the mux's plain text gives way to the problem document
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *routed) Unwrap() http.ResponseWriter { return w.ResponseWriter }
