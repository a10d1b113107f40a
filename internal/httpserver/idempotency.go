package httpserver

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/fault"
)

// IdempotencyStore keeps what POSTs answered, by scope and key. The key that it
// sees is a hash, and the response is sealed: neither gives anything away.
type IdempotencyStore interface {
	// Begin claims a key for a request, in one atomic step, and gives nil hash
	// and response when the claim is ours. When an entry is there it gives that
	// entry's request hash, and its response, nil while it is still running.
	// An entry begun before forgetBefore, and a running one begun before
	// takeOverBefore, counts as not there and is replaced.
	Begin(ctx context.Context, scope, key string, requestHash []byte, now, forgetBefore, takeOverBefore time.Time) (hash, response []byte, err error)
	// Finish keeps the response of a claimed key.
	Finish(ctx context.Context, scope, key string, response []byte) error
	// Abandon drops a claim that came to nothing, so that the key can be used again.
	Abandon(ctx context.Context, scope, key string) error
}

// How long an answer is replayed, and how long a claim without an answer holds:
// longer than any request may run, so only a process that died leaves it open.
const (
	IdempotencyFor      = 24 * time.Hour
	idempotencyTakeOver = 5 * time.Minute
	bookkeeping         = 10 * time.Second
	maxIdempotencyKey   = 200
)

// Idempotency makes POSTs safe to repeat (draft-ietf-httpapi-idempotency-key-header):
// the same Idempotency-Key with the same request gets the first answer again,
// with Idempotency-Replayed: true. Without the header nothing changes. Answers of
// 500 and above, and those that only say "not now" (401, 408, 429), are not kept.
type Idempotency struct {
	Store IdempotencyStore
	Now   func() time.Time
	Log   *slog.Logger
	Rand  io.Reader // for sealing
	// Caller gives the id of who asks; keys of different callers never meet.
	Caller func(context.Context) string
}

// Document adds the header to an operation, and the middleware with it.
func (i *Idempotency) Document(op *huma.Operation) {
	least, most := 1, maxIdempotencyKey
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: "Idempotency-Key", In: "header",
		Description: "A random value of your choice, such as a UUID. Repeating the request with it within 24 hours repeats the first answer and nothing else.",
		Schema:      &huma.Schema{Type: huma.TypeString, MinLength: &least, MaxLength: &most},
	})
	op.Middlewares = append(op.Middlewares, i.middleware)
}

// middleware is the huma middleware; it belongs after the one that knows the caller.
func (i *Idempotency) middleware(ctx huma.Context, next func(huma.Context)) {
	key := ctx.Header("Idempotency-Key")
	if key == "" {
		next(ctx)
		return
	}
	if !visibleASCII(key) || len(key) > maxIdempotencyKey {
		Fail(ctx, fault.New(fault.Invalid, "idempotency_key_malformed", "max", maxIdempotencyKey).
			At("header.Idempotency-Key", "invalid_value"))
		return
	}
	claim := i.claim(ctx, key)
	now := i.Now()
	hash, sealed, err := i.Store.Begin(ctx.Context(), claim.scope, claim.key, claim.request, now,
		now.Add(-IdempotencyFor), now.Add(-idempotencyTakeOver))
	switch {
	case err != nil:
		Fail(ctx, err)
	case hash == nil:
		i.run(ctx, claim, next)
	case subtle.ConstantTimeCompare(hash, claim.request) == 0:
		Fail(ctx, fault.New(fault.Invalid, "idempotency_key_reused"))
	case sealed == nil:
		Fail(ctx, fault.New(fault.Conflict, "idempotency_in_progress", "retry_after", time.Second))
	default:
		answer, err := open(claim.secret, sealed)
		if err != nil {
			Fail(ctx, err)
			return
		}
		ctx.SetHeader("Idempotency-Replayed", "true")
		answer.write(ctx)
	}
}

// claim is one use of a key.
type claim struct {
	scope, key string
	request    []byte // hash of what was asked
	secret     string // the key as the caller gave it, which nobody keeps
}

func (i *Idempotency) claim(ctx huma.Context, key string) claim {
	caller := "anonymous"
	if id := i.Caller(ctx.Context()); id != "" {
		caller = "principal:" + id
	}
	u := ctx.URL()
	h := sha256.New()
	for _, part := range []string{ctx.Method(), u.EscapedPath(), u.RawQuery} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	if r := requestOf(ctx.Context()); r != nil {
		h.Write(r.body)
	}
	hashed := sha256.Sum256([]byte(key))
	return claim{
		scope:   caller + " " + ctx.Operation().OperationID,
		key:     hex.EncodeToString(hashed[:]),
		request: h.Sum(nil),
		secret:  key,
	}
}

// run lets the operation run once, and keeps its answer before anybody sees it:
// a caller that saw an answer will find it again.
func (i *Idempotency) run(ctx huma.Context, c claim, next func(huma.Context)) {
	// The operation's time limit does not apply to the bookkeeping after it.
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx.Context()), bookkeeping)
	defer cancel()
	kept := false
	defer func() {
		if !kept { // also after a panic
			i.note(after, i.Store.Abandon(after, c.scope, c.key))
		}
	}()
	captured := &capture{below: ctx, answer: answer{Header: http.Header{}}}
	next(captured)
	if worthKeeping(captured.answer.Status) {
		sealed, err := captured.answer.seal(c.secret, i.Rand)
		if err == nil {
			err = i.Store.Finish(after, c.scope, c.key, sealed)
		}
		// When keeping fails the operation is done all the same, and the caller
		// must hear it; the claim stays, so that a repeat is not run again soon.
		i.note(after, err)
		kept = true
	}
	captured.answer.write(ctx)
}

func (i *Idempotency) note(ctx context.Context, err error) {
	if err != nil {
		i.Log.LogAttrs(ctx, slog.LevelError, "idempotency key not recorded",
			slog.String("request_id", requestIDOf(ctx)), slog.String("error", err.Error()))
	}
}

// worthKeeping says whether repeating the request should repeat this answer.
func worthKeeping(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return status < http.StatusInternalServerError
}

// visibleASCII says whether s is made of printable characters without spaces.
func visibleASCII(s string) bool {
	for j := range len(s) {
		if s[j] <= ' ' || s[j] > '~' {
			return false
		}
	}
	return true
}
