package httpserver

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// uploadTimeout is how long a large body may take to come, and as long again
// what is done with it.
const uploadTimeout = 5 * time.Minute

// Large lets an operation receive a body of up to limit bytes by Receive, after
// the caller has been admitted, and take its time. The pattern is the mux's, as
// "POST /v1/accounts/import". Call it before Handler.
func (s *Site) Large(pattern string, limit int64) {
	if s.large == nil {
		s.large = map[string]int64{}
	}
	s.large[pattern] = limit
}

// limitOf gives the limit of a large body, 0 for every other request.
func (s *Site) limitOf(r *http.Request) int64 {
	if len(s.large) == 0 {
		return 0
	}
	_, pattern := s.Mux().Handler(r)
	return s.large[pattern]
}

// await leaves a large body where it is: it is received when somebody asks.
func (s *Site) await(next http.Handler, w http.ResponseWriter, r *http.Request, limit int64) {
	conn := http.NewResponseController(w)
	_ = conn.SetWriteDeadline(time.Now().Add(3 * uploadTimeout)) // the server's would cut the answer off
	requestOf(r.Context()).receive = func(to io.Writer) error {
		_ = conn.SetReadDeadline(time.Now().Add(uploadTimeout))
		tooLarge := fault.New(fault.TooLarge, "body_too_large", "limit", limit)
		if r.ContentLength > limit {
			w.Header().Set("Connection", "close")
			return tooLarge
		}
		_, err := io.Copy(to, http.MaxBytesReader(w, r.Body, limit))
		var size *http.MaxBytesError
		var network net.Error
		switch {
		case err == nil:
			_ = conn.SetReadDeadline(noDeadline)
			return nil
		case errors.As(err, &size):
			return tooLarge
		case errors.As(err, &network) && network.Timeout():
			w.Header().Set("Connection", "close")
			return fault.New(fault.Invalid, "body_timeout").Because(err)
		default:
			w.Header().Set("Connection", "close")
			return fault.New(fault.Invalid, "body_unreadable").Because(err)
		}
	}
	next.ServeHTTP(w, r)
}

// Receive writes the body of the request in hand, which Large has announced.
func Receive(ctx context.Context, to io.Writer) error {
	if r := requestOf(ctx); r != nil && r.receive != nil {
		return r.receive(to)
	}
	return fault.New(fault.Invalid, "body_unreadable")
}
