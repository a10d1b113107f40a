package httpserver

import (
	"context"
	"log/slog"
)

// withoutAddresses takes net/http's own complaints (a broken TLS handshake, a
// header too long) but not their text, which holds the caller's address.
type withoutAddresses struct{ slog.Handler }

// Handle logs that something was wrong with a connection, without its details.
func (h withoutAddresses) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, "connection failed before a request was read", 0)
	return h.Handler.Handle(ctx, clean)
}
