package httpserver

import (
	"context"
	"io"
	"net/http"
	"net/netip"

	"github.com/signoff-id/signoff/internal/language"
)

// request is what the middleware knows about the request in hand. It travels by
// pointer in the context, because the route is only known far inside.
type request struct {
	site  *Site
	id    string
	lang  string
	route string
	body  []byte // as received; nil until it was read
	// address is where it came from; see ClientAddress.
	address netip.Addr
	header  http.Header           // as received
	receive func(io.Writer) error // the body, where it is a large one
	unlimit func()                // takes the time limit away
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	r, _ := ctx.Value(requestKey{}).(*request)
	return r
}

// requestIDOf gives the id under which the request is logged and traced, which
// the caller sees in X-Request-Id and in problem documents. Empty outside of a
// request.
func requestIDOf(ctx context.Context) string {
	if r := requestOf(ctx); r != nil {
		return r.id
	}
	return ""
}

// Language gives the caller's language, one of language.All; outside of a
// request it is English.
func Language(ctx context.Context) string {
	if r := requestOf(ctx); r != nil {
		return r.lang
	}
	return language.English
}

// SetLanguage makes lang the caller's language for the rest of the request in
// hand: a person may choose another one than the browser asks for.
func SetLanguage(ctx context.Context, lang string) {
	if r := requestOf(ctx); r != nil {
		r.lang = lang
	}
}

// Header gives a header of the request in hand, "" outside of one.
func Header(ctx context.Context, name string) string {
	if r := requestOf(ctx); r != nil {
		return r.header.Get(name)
	}
	return ""
}
