package delivery

import (
	"context"
	"log/slog"
)

// Log is the transport of an installation without a mail server: it notes that
// there is a notice, never for whom or what it says.
type Log struct{ Log *slog.Logger }

// Deliver writes one line. It never fails.
func (l Log) Deliver(ctx context.Context, m Message) error {
	l.Log.LogAttrs(ctx, slog.LevelInfo, "notice", slog.String("notice", m.ID),
		slog.String("kind", m.Kind), slog.String("locale", m.Locale))
	return nil
}
