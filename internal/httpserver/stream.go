package httpserver

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// writeWithin is how long one write to a stream may take: a caller that reads no
// more must not hold a handler for ever.
const writeWithin = 10 * time.Second

// Stream is an answer that goes on: server-sent events (HTML Standard, section
// 9.2). It is for one goroutine.
type Stream struct {
	w    http.ResponseWriter
	conn *http.ResponseController
}

// Streaming is StreamTo for an operation of the API.
func Streaming(ctx huma.Context, run func(context.Context, *Stream)) {
	w, ok := ctx.BodyWriter().(http.ResponseWriter)
	if !ok {
		ctx.SetStatus(http.StatusInternalServerError)
		return
	}
	stream(ctx.Context(), w, run)
}

// StreamTo turns the request in hand into one that goes on until run returns:
// the site's time limit no longer holds for it. run's context ends when the
// caller goes away or the server shuts down.
func StreamTo(w http.ResponseWriter, r *http.Request, run func(context.Context, *Stream)) {
	stream(r.Context(), w, run)
}

func stream(ctx context.Context, w http.ResponseWriter, run func(context.Context, *Stream)) {
	r := requestOf(ctx)
	if r == nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	r.unlimit()
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-r.site.drains():
			cancel()
		case <-inner.Done():
		}
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would hold events back
	w.WriteHeader(http.StatusOK)
	s := &Stream{w: w, conn: http.NewResponseController(w)}
	if s.Beat() == nil {
		run(inner, s)
	}
}

// Send writes one event with its data as JSON.
func (s *Stream) Send(event string, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return s.write("event: " + event + "\ndata: " + string(body) + "\n\n")
}

// Beat writes a comment, which tells both sides and all between them that the
// stream is alive.
func (s *Stream) Beat() error { return s.write(":\n\n") }

func (s *Stream) write(text string) error {
	// Of the wall clock, as all deadlines of connections. A writer without them is
	// a test's.
	_ = s.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.conn.Flush()
}
