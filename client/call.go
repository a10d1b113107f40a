package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits of a call.
const (
	maxAnswer  = 32 << 20 // bytes of an answer that are read
	attempts   = 3        // of a call that is safe to repeat
	firstPause = 100 * time.Millisecond
)

// call is one request.
type call struct {
	method string
	path   string // below the base, escaped
	query  url.Values
	body   any    // sent as JSON; nil for none
	raw    []byte // sent as it is, of the media type rawType
	// rawType says that raw is the body.
	rawType string
	stream  io.Reader // the body, in the place of raw: sent as it is read, and once
	to      io.Writer // where the answer goes when all is well, of any size
	// creates lets the server recognise a repetition, by an Idempotency-Key.
	creates bool
	// token stands in the place of the client's, where it is not empty.
	token string
	// browser is the key of the browser that is meant, if any.
	browser string
}

type idempotencyKey struct{}

// WithIdempotencyKey makes the creating call that gets this context use key,
// and not a random one: a program that may restart in between can repeat the
// call with the same key, and nothing is created twice. Use a key for one call.
func WithIdempotencyKey(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, idempotencyKey{}, key)
}

// path joins the parts of a path, escaping each.
func path(parts ...string) string {
	escaped := make([]string, len(parts))
	for i, p := range parts {
		escaped[i] = url.PathEscape(p)
	}
	return "/v1/" + strings.Join(escaped, "/")
}

// do sends a call and reads the answer into out: JSON, or the exact bytes where
// out is a *[]byte. A nil out reads nothing.
func (c *Client) do(ctx context.Context, in call, out any) error {
	body, err := in.encode()
	if err != nil {
		return err
	}
	key := ""
	if in.creates {
		if key, _ = ctx.Value(idempotencyKey{}).(string); key == "" {
			key = rand.Text()
		}
	}
	status, answer, header, err := c.send(ctx, in, body, key)
	if err != nil {
		return err
	}
	if status < 200 || status > 299 {
		return problemOf(status, header, answer)
	}
	switch out := out.(type) {
	case nil:
		return nil
	case *[]byte:
		*out = answer
		return nil
	default:
		if err := json.Unmarshal(answer, out); err != nil {
			return fmt.Errorf("signoff: the answer to %s %s is not as expected: %w", in.method, in.path, err)
		}
		return nil
	}
}

func (in call) encode() ([]byte, error) {
	if in.rawType != "" || in.body == nil {
		return in.raw, nil
	}
	body, err := json.Marshal(in.body)
	if err != nil {
		return nil, fmt.Errorf("signoff: %w", err)
	}
	return body, nil
}

// send sends until an answer comes. Only what changes nothing, or what the
// server would recognise, is sent again when the connection fails.
func (c *Client) send(ctx context.Context, in call, body []byte, key string) (int, []byte, http.Header, error) {
	pause := firstPause
	for try := 1; ; try++ {
		status, answer, header, err := c.once(ctx, in, body, key)
		if err == nil || ctx.Err() != nil || try == attempts || in.method != http.MethodGet && key == "" {
			return status, answer, header, err
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return 0, nil, nil, errors.Join(ctx.Err(), err)
		case <-timer.C:
			pause *= 2
		}
	}
}

func (c *Client) once(ctx context.Context, in call, body []byte, key string) (int, []byte, http.Header, error) {
	target := c.base + in.path
	if len(in.query) > 0 {
		target += "?" + in.query.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, in.method, target, bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, fmt.Errorf("signoff: %w", err)
	}
	if in.stream != nil {
		r.Body, r.ContentLength, r.GetBody = io.NopCloser(in.stream), -1, nil
	} else if body == nil {
		r.Body, r.ContentLength = http.NoBody, 0
	}
	c.headers(r, in, body, key)
	res, err := c.options.HTTPClient.Do(r)
	if err != nil {
		return 0, nil, nil, fmt.Errorf("signoff: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	if in.to != nil && res.StatusCode == http.StatusOK {
		if _, err := io.Copy(in.to, res.Body); err != nil {
			return 0, nil, nil, fmt.Errorf("signoff: the answer to %s %s broke off: %w", in.method, in.path, err)
		}
		return res.StatusCode, nil, res.Header, nil
	}
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return 0, nil, nil, fmt.Errorf("signoff: the answer to %s %s broke off: %w", in.method, in.path, err)
	}
	if len(answer) > maxAnswer {
		return 0, nil, nil, fmt.Errorf("signoff: the answer to %s %s is larger than %d bytes", in.method, in.path, maxAnswer)
	}
	return res.StatusCode, answer, res.Header, nil
}

func (c *Client) headers(r *http.Request, in call, body []byte, key string) {
	set := func(name, value string) {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	token := c.options.Token
	if in.token != "" {
		token = in.token
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	set("User-Agent", c.options.UserAgent)
	set("Accept-Language", c.options.Language)
	set("Idempotency-Key", key)
	set("Signoff-Browser", in.browser)
	switch {
	case in.rawType != "":
		r.Header.Set("Content-Type", in.rawType)
	case body != nil:
		r.Header.Set("Content-Type", "application/json")
	}
}

// ask makes a call that has an answer.
func ask[T any](ctx context.Context, c *Client, in call) (T, error) {
	var out T
	err := c.do(ctx, in, &out)
	return out, err
}

// get, post, create and put are the calls with an answer that most methods make.
func get[T any](ctx context.Context, c *Client, path string, query url.Values) (T, error) {
	return ask[T](ctx, c, call{method: http.MethodGet, path: path, query: query})
}

func post[T any](ctx context.Context, c *Client, path string, body any) (T, error) {
	return ask[T](ctx, c, call{method: http.MethodPost, path: path, body: body})
}

func create[T any](ctx context.Context, c *Client, path string, body any) (T, error) {
	return ask[T](ctx, c, call{method: http.MethodPost, path: path, body: body, creates: true})
}

func put[T any](ctx context.Context, c *Client, path string, body any) (T, error) {
	return ask[T](ctx, c, call{method: http.MethodPut, path: path, body: body})
}

// tell makes a call that has no answer.
func (c *Client) tell(ctx context.Context, method, path string, body any) error {
	return c.do(ctx, call{method: method, path: path, body: body}, nil)
}
