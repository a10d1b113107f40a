package apptest

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
)

// complaints is a log that fails the test at every error in it: what an operator
// is to look into does not happen in a story that goes well. A test in which it
// does brings a log of its own.
type complaints struct {
	t    testing.TB
	over atomic.Bool // the test: whoever logs now comes too late for it
}

// Enabled says that only errors matter.
func (c *complaints) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

// Handle fails the test.
func (c *complaints) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool { text += " " + a.String(); return true })
	if !c.over.Load() {
		c.t.Errorf("the log has an error: %s", text)
	}
	return nil
}

// WithAttrs leaves the attributes out.
func (c *complaints) WithAttrs([]slog.Attr) slog.Handler { return c }

// WithGroup leaves the group out.
func (c *complaints) WithGroup(string) slog.Handler { return c }
