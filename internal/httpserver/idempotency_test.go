package httpserver_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
)

// memory is the store's contract in its shortest form.
type memory struct {
	mu      sync.Mutex
	entries map[string]*entry
	broken  error
}

type entry struct {
	hash, response []byte
	begun          time.Time
}

func (m *memory) Begin(_ context.Context, scope, key string, hash []byte, now, forget, takeOver time.Time) ([]byte, []byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := scope + "/" + key
	e := m.entries[id]
	if e == nil || e.begun.Before(forget) || e.response == nil && e.begun.Before(takeOver) {
		m.entries[id] = &entry{hash: hash, begun: now}
		return nil, nil, nil
	}
	return e.hash, e.response, nil
}

func (m *memory) Finish(_ context.Context, scope, key string, response []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken == nil {
		m.entries[scope+"/"+key].response = response
	}
	return m.broken
}

func (m *memory) Abandon(_ context.Context, scope, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.entries, scope+"/"+key)
	return nil
}

type callerKey struct{}

type made struct {
	Location string `header:"Location"`
	Body     struct {
		Token string `json:"token"`
	}
}

// bench is a site with one idempotent operation.
type bench struct {
	h     http.Handler
	store *memory
	log   *logged
	now   time.Time
	runs  int
	act   func() error
}

func idempotent(t *testing.T) *bench {
	t.Helper()
	s, log := site(t)
	b := &bench{store: &memory{entries: map[string]*entry{}}, log: log, now: time.Now(), act: func() error { return nil }}
	guard := &httpserver.Idempotency{Store: b.store, Now: func() time.Time { return b.now }, Log: s.Log, Rand: rand.Reader,
		Caller: func(ctx context.Context) string { id, _ := ctx.Value(callerKey{}).(string); return id }}
	a := api(s)
	a.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		next(huma.WithValue(ctx, callerKey{}, ctx.Header("X-Caller")))
	})
	op := huma.Operation{OperationID: "create", Method: "POST", Path: "/v1/things", DefaultStatus: 201}
	guard.Document(&op)
	huma.Register(a, op, func(context.Context, *struct {
		Body struct {
			Name string `json:"name"`
		}
	}) (*made, error) {
		b.runs++
		if err := b.act(); err != nil {
			return nil, err
		}
		out := &made{Location: fmt.Sprintf("/v1/things/%d", b.runs)}
		out.Body.Token = fmt.Sprintf("sos_%d", b.runs)
		return out, nil
	})
	b.h = s.Handler()
	return b
}

func (b *bench) post(t *testing.T, key, body string, more ...string) reply {
	t.Helper()
	return ask(t, b.h, "POST", "/v1/things", body, append([]string{"Idempotency-Key: " + key}, more...)...)
}

func TestSameKeyAndRequestGetTheSameAnswer(t *testing.T) {
	b := idempotent(t)
	first := b.post(t, "k-1", `{"name":"a"}`)
	again := b.post(t, "k-1", `{"name":"a"}`)
	if first.StatusCode != 201 || again.StatusCode != 201 || first.body != again.body || b.runs != 1 {
		t.Errorf("%d %q, then %d %q after %d runs", first.StatusCode, first.body, again.StatusCode, again.body, b.runs)
	}
	if again.Header.Get("Location") != "/v1/things/1" || again.Header.Get("Content-Type") != first.Header.Get("Content-Type") {
		t.Errorf("headers %v", again.Header)
	}
	if first.Header.Get("Idempotency-Replayed") != "" || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Error("the replay is not marked, or the first answer is")
	}
	if other := b.post(t, "k-2", `{"name":"a"}`); other.Header.Get("Location") != "/v1/things/2" {
		t.Errorf("another key got %v", other.Header)
	}
	if theirs := b.post(t, "k-1", `{"name":"a"}`, "X-Caller: someone-else"); theirs.Header.Get("Location") != "/v1/things/3" {
		t.Errorf("another caller got %v", theirs.Header)
	}
	for range 2 {
		ask(t, b.h, "POST", "/v1/things", `{"name":"a"}`)
	}
	if b.runs != 5 {
		t.Errorf("without the header: %d runs", b.runs)
	}
}

func TestSameKeyForAnotherRequestIsRefused(t *testing.T) {
	b := idempotent(t)
	b.post(t, "k", `{"name":"a"}`)
	if p := b.post(t, "k", `{"name":"b"}`).problem(t); p.Status != 422 || p.Code != "idempotency_key_reused" || b.runs != 1 {
		t.Errorf("got %+v after %d runs", p, b.runs)
	}
}

func TestKeyInUseIsAConflict(t *testing.T) {
	b := idempotent(t)
	var inner reply
	b.act = func() error {
		if b.runs == 1 {
			inner = b.post(t, "k", `{"name":"a"}`)
		}
		return nil
	}
	b.post(t, "k", `{"name":"a"}`)
	if p := inner.problem(t); p.Status != 409 || p.Code != "idempotency_in_progress" || inner.Header.Get("Retry-After") != "1" || b.runs != 1 {
		t.Errorf("got %+v after %d runs", p, b.runs)
	}
}

func TestWhatIsKeptAndWhatIsNot(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
		runs int
	}{
		{"refused", fault.New(fault.Conflict, "conflict"), 1},
		{"broken", errors.New("no disk"), 2},
		{"down", fault.New(fault.Unavailable, "unavailable"), 2},
		{"slow down", fault.New(fault.TooMany, "rate_limited", "retry_after", time.Second), 2},
	} {
		b := idempotent(t)
		b.act = func() error { return tc.err }
		first, again := b.post(t, "k", `{"name":"a"}`), b.post(t, "k", `{"name":"a"}`)
		if first.StatusCode != again.StatusCode || b.runs != tc.runs {
			t.Errorf("%s: %d, then %d, after %d runs", tc.name, first.StatusCode, again.StatusCode, b.runs)
		}
	}
}

func TestPanicFreesTheKey(t *testing.T) {
	b := idempotent(t)
	b.act = func() error {
		if b.runs == 1 {
			panic("once")
		}
		return nil
	}
	first, again := b.post(t, "k", `{"name":"a"}`), b.post(t, "k", `{"name":"a"}`)
	if first.StatusCode != 500 || again.StatusCode != 201 {
		t.Errorf("got %d, then %d", first.StatusCode, again.StatusCode)
	}
}

func TestKeysAreForgottenAfterADay(t *testing.T) {
	b := idempotent(t)
	b.post(t, "k", `{"name":"a"}`)
	b.now = b.now.Add(24 * time.Hour)
	b.post(t, "k", `{"name":"a"}`)
	if b.runs != 1 {
		t.Error("forgotten within the day")
	}
	b.now = b.now.Add(time.Second)
	if r := b.post(t, "k", `{"name":"other"}`); r.StatusCode != 201 || b.runs != 2 {
		t.Errorf("after a day: %d after %d runs", r.StatusCode, b.runs)
	}
}

func TestAnswerIsGivenEvenWhenItCannotBeKept(t *testing.T) {
	b := idempotent(t)
	b.store.broken = errors.New("disk full")
	if r := b.post(t, "k", `{"name":"a"}`); r.StatusCode != 201 {
		t.Errorf("got %d", r.StatusCode)
	}
	if p := b.post(t, "k", `{"name":"a"}`).problem(t); p.Code != "idempotency_in_progress" || b.runs != 1 {
		t.Errorf("got %+v after %d runs", p, b.runs)
	}
	if !strings.Contains(b.log.String(), "disk full") {
		t.Error("not logged")
	}
	b.now = b.now.Add(6 * time.Minute) // the process might have died
	b.store.broken = nil
	if r := b.post(t, "k", `{"name":"a"}`); r.StatusCode != 201 || b.runs != 2 {
		t.Errorf("a claim nobody finishes still holds: %d", r.StatusCode)
	}
}

func TestMalformedKeys(t *testing.T) {
	b := idempotent(t)
	for _, key := range []string{"with space", "注销", "tab\there", strings.Repeat("k", 201)} {
		if p := b.post(t, key, `{"name":"a"}`).problem(t); p.Status != 400 || p.Code != "idempotency_key_malformed" {
			t.Errorf("%q: got %+v", key, p)
		}
	}
	if r := b.post(t, strings.Repeat("k", 200), `{"name":"a"}`); r.StatusCode != 201 || b.runs != 1 {
		t.Errorf("a key of 200: %d", r.StatusCode)
	}
}

// Whoever reads the store learns neither the key, nor a token in an answer.
func TestTheStoreLearnsNothing(t *testing.T) {
	b := idempotent(t)
	b.post(t, "my-key", `{"name":"a"}`)
	if len(b.store.entries) != 1 {
		t.Fatal("nothing kept")
	}
	for id, e := range b.store.entries {
		if strings.Contains(id, "my-key") || bytes.Contains(e.response, []byte("sos_")) || bytes.Contains(e.response, []byte("token")) {
			t.Errorf("%s keeps %q", id, e.response)
		}
		e.response[len(e.response)-1] ^= 1
	}
	if p := b.post(t, "my-key", `{"name":"a"}`).problem(t); p.Status != 500 {
		t.Errorf("a changed answer was replayed: %+v", p)
	}
}
