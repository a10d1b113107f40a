package apptest

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
)

// Pace is quick: tests wait for nothing.
func Pace() app.Pace {
	return app.Pace{Wake: 20 * time.Millisecond, Sequence: 10 * time.Millisecond, Poll: 10 * time.Millisecond, Count: 200 * time.Millisecond}
}

// Serve starts the whole program on a free port of the loopback address and
// gives its URL. It stops with the test.
func (w *World) Serve() string {
	w.T.Helper()
	run, err := w.App.Start(context.WithoutCancel(w.T.Context()), Pace())
	w.Must(err)
	w.T.Cleanup(func() {
		if err := run.Stop(context.Background()); err != nil {
			w.T.Error(err)
		}
	})
	return run.URL()
}
