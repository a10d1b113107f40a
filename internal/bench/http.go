package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/app"
)

// overHTTP measures the check of a session over HTTP, at the whole program with
// its loops, its middleware and its log, against a handler of net/http that does
// nothing. Both are asked by the same clients on connections that stay open.
func overHTTP(ctx context.Context, b *bench) error {
	return b.in(ctx, "http", nil, func(p *place) (err error) {
		all, err := b.crowd(ctx, p)
		if err != nil {
			return err
		}
		running, err := p.app.Start(ctx, app.StandardPace())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, running.Stop(ctx)) }()
		u, err := url.Parse(running.URL())
		if err != nil {
			return err
		}
		nothing, stop, err := serveNothing(ctx)
		if err != nil {
			return err
		}
		defer stop()

		var check [][]byte
		for _, k := range all.known {
			check = append(check, request("/v1/session", k.token))
		}
		floor := side{name: "an empty net/http handler", run: asking(nothing, check)}
		if err := b.compare(ctx, "http", "", side{name: "session check over HTTP, 16 clients", run: asking(u.Host, check)}, floor); err != nil {
			return err
		}
		// The same stack around almost nothing: what the check itself adds.
		alive := [][]byte{request("/healthz", all.known[0].token)}
		return b.compare(ctx, "http", "", side{name: "for comparison: /healthz over HTTP, 16 clients", run: asking(u.Host, alive)}, floor)
	})
}

// serveNothing serves an empty handler as httpserver serves the real ones.
func serveNothing(ctx context.Context) (host string, stop func(), err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}),
		ReadHeaderTimeout: 10 * time.Second, WriteTimeout: 90 * time.Second, IdleTimeout: 2 * time.Minute}
	go s.Serve(l) //nolint:errcheck // it ends when it is closed
	return l.Addr().String(), func() { s.Close() }, nil
}

func request(path, token string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer %s\r\n\r\n", path, token)
}

// asking sends requests on open connections and reads the answers. The client is
// as small as can be: what it costs falls on both sides and hides the difference.
func asking(host string, requests [][]byte) func(context.Context, int) (time.Duration, error) {
	return func(ctx context.Context, n int) (time.Duration, error) {
		clients := make([]*client, 0, callers)
		defer func() {
			for _, c := range clients {
				c.conn.Close()
			}
		}()
		for range callers {
			c, err := dial(ctx, host)
			if err != nil {
				return 0, err
			}
			clients = append(clients, c)
		}
		return concurrently(ctx, callers, n, func(_ context.Context, caller, i int) error {
			return clients[caller].ask(requests[i%len(requests)])
		})
	}
}

// client is one connection.
type client struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(ctx context.Context, host string) (*client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReader(conn)}, nil
}

var (
	statusOK      = []byte("HTTP/1.1 200 ")
	contentLength = []byte("Content-Length: ")
)

// ask sends one request and reads its answer, which must be 200 and say how long
// it is, as all that are asked for here do.
func (c *client) ask(request []byte) error {
	if _, err := c.conn.Write(request); err != nil {
		return err
	}
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, statusOK) {
		return fmt.Errorf("the answer is %q", bytes.TrimSpace(status))
	}
	length := -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		if text, ok := bytes.CutPrefix(line, contentLength); ok {
			if length, err = strconv.Atoi(string(text)); err != nil {
				return err
			}
		}
	}
	if length < 0 {
		return errors.New("the answer does not say how long it is")
	}
	_, err = c.in.Discard(length)
	return err
}
