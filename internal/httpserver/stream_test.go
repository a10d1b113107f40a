package httpserver_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/httpserver"
)

// A stream goes on when the time for a request is over, and ends when the site
// drains.
func TestAStreamOutlivesTheLimitOfARequest(t *testing.T) {
	s, _ := site(t)
	s.Timeout = 500 * time.Millisecond // a busy machine takes long to begin the stream
	over := make(chan struct{})
	huma.Register(s.API(&huma.Info{Title: "t", Version: "1"}), huma.Operation{OperationID: "s", Method: http.MethodGet, Path: "/s"},
		func(context.Context, *struct{}) (*huma.StreamResponse, error) {
			return &huma.StreamResponse{Body: func(ctx huma.Context) {
				httpserver.Streaming(ctx, func(ctx context.Context, out *httpserver.Stream) {
					defer close(over)
					for range 2 { // longer than the limit
						select {
						case <-ctx.Done():
							return
						case <-time.After(s.Timeout):
						}
					}
					if out.Send("late", map[string]int{"n": 1}) == nil {
						<-ctx.Done()
					}
				})
			}}, nil
		})
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	res, err := http.Get(server.URL + "/s")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	in := bufio.NewReader(res.Body)
	var got strings.Builder
	for !strings.HasSuffix(got.String(), "{\"n\":1}\n") {
		line, err := in.ReadString('\n')
		if err != nil {
			t.Fatalf("the stream ended after %q: %v", got.String(), err)
		}
		got.WriteString(line)
	}
	if want := ":\n\nevent: late\ndata: {\"n\":1}\n"; got.String() != want {
		t.Errorf("read %q, want %q", got.String(), want)
	}
	if typ := res.Header.Get("Content-Type"); typ != "text/event-stream" {
		t.Errorf("it is %s", typ)
	}
	s.Drain()
	s.Drain()
	<-over
	if rest, err := io.ReadAll(in); err != nil || string(rest) != "\n" {
		t.Errorf("at the end: %q, %v", rest, err)
	}
}
