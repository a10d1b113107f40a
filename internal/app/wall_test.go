package app_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/config"
)

// wall is a clock that runs as the real one does, and can be put ahead.
type wall struct{ offset atomic.Int64 }

// Now gives the time.
func (c *wall) Now() time.Time {
	return time.Now().UTC().Add(time.Duration(c.offset.Load()))
}

func (c *wall) ahead(d time.Duration) { c.offset.Add(int64(d)) }

// run makes it the clock of a world whose loops run, and lets that one ask data
// holders impatiently.
func (c *wall) run(conf *config.Config, w *app.World) {
	w.Now = c.Now
	conf.Erasure.TryTimeout, conf.Erasure.BackoffMin, conf.Erasure.BackoffMax = time.Second, 5*time.Millisecond, 50*time.Millisecond
}

// until polls, in real time, for a condition that must come true.
func until(tb testing.TB, what string, holds func() bool) {
	tb.Helper()
	deadline := time.Now().Add(3 * time.Minute)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if time.Now().After(deadline) {
			tb.Fatalf("waited three minutes for %s", what)
		}
		<-tick.C
	}
}

// untilClosed waits for the loops to end a closure.
func untilClosed(w *apptest.World, id string) {
	w.T.Helper()
	until(w.T, "closure "+id+" to end", func() bool {
		v, err := w.App.Closures.Get(w.T.Context(), id, "")
		w.Must(err)
		return v.State == closure.Closed
	})
}
