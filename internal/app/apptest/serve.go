package apptest

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
)

// Pace is quick, as tests wait for it, but not so quick that looking for work
// takes the time of those that have some.
func Pace() app.Pace {
	return app.Pace{Wake: 40 * time.Millisecond, Sequence: 20 * time.Millisecond, Poll: 20 * time.Millisecond, Count: 400 * time.Millisecond}
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
