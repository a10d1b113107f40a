package httpserver

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/signoff-id/signoff/internal/fault"
)

// recoverPanic answers a panic with an internal problem. Its value may hold what
// a caller sent, so the log gets its type and the stack only.
func (s *Site) recoverPanic(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so
				panic(v)
			}
			s.Log.LogAttrs(r.Context(), slog.LevelError, "panic in a request",
				slog.String("request_id", requestIDOf(r.Context())),
				slog.String("panic", fmt.Sprintf("%T", v)),
				slog.String("stack", string(debug.Stack())))
			if answered(w) {
				panic(http.ErrAbortHandler) // half an answer must not look like a whole one
			}
			s.WriteProblem(w, r, fault.New(fault.Internal, "internal"))
		}()
		next.ServeHTTP(w, r)
	})
}
