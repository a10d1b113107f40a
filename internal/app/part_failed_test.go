package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
)

// A failure is a code and a time for the next try: no words of the holder's, no
// try before that time, each pause twice as long, and an operator's push at once.
func TestAFailureIsACodeAndATime(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			bad := newUnruly("unruly")
			w := apptest.New(t, engine, withHolders(t, bad), withLogbook(&logbook{}), func(c *config.Config, _ *app.World) {
				c.Erasure = config.Erasure{Workers: 1, TryTimeout: 100 * time.Millisecond, BackoffMin: time.Minute, BackoffMax: 5 * time.Minute}
			})
			ctx := t.Context()
			install(w, atOnce)
			a, _ := w.Person()
			bad.put(a.ID, 3)
			bad.be(a.ID, fails(), failsWithFault(), panics(), hangs(), leavesSomething(), panicsVerifying())
			id := w.Confirm(a, atOnce.name).Closure.ID
			for i, want := range []struct {
				code  string
				pause time.Duration
			}{{"holder_failed", 1}, {"holder_unreachable", 2}, {"holder_panicked", 4}, {"holder_timeout", 5}, {"holder_leftovers", 5}, {"holder_panicked", 5}} {
				pause := want.pause * time.Minute
				again, err := w.App.Closures.Part(ctx, id, "unruly")
				w.Must(err)
				v, err := w.App.Closures.Get(ctx, id, "")
				w.Must(err)
				p := v.Parts[0]
				if again != pause || p.LastError != want.code || p.Attempts != i+1 || p.Done() || p.NextTryAt.Sub(w.Clock.Now()).Round(time.Minute) != pause {
					t.Errorf("try %d: again in %s, kept %s after %d tries, next at %s; want %s in %s", i+1, again, p.LastError, p.Attempts, p.NextTryAt, want.code, pause)
				}
				if early, err := w.App.Closures.Part(ctx, id, "unruly"); early != 0 || err != nil || len(bad.moods[a.ID]) != 5-i {
					t.Errorf("try %d: tried again at once: %s, %v", i+1, early, err)
				}
				if i == 4 { // an operator does not wait
					w.Must(w.App.Closures.Retry(ctx, app.Actor(), id, "unruly"))
				} else {
					w.Clock.Advance(pause + time.Second)
				}
			}
			v := w.Drain(id)
			if !v.Parts[0].Done() || v.Parts[0].LastError != "" || v.Parts[0].Receipt == nil || v.Parts[0].Receipt.Items[0].Count != 3 {
				t.Errorf("at the end: %+v", v.Parts[0])
			}
			if err := w.App.Closures.Retry(ctx, app.Actor(), id, "unruly"); !fault.Is(err, "part_not_open") {
				t.Errorf("pushed when all is done: %v", err)
			}
			if err := w.App.Closures.Retry(ctx, app.Actor(), id, "nobody"); !fault.Is(err, "part_not_open") {
				t.Errorf("pushed a holder that is none: %v", err)
			}
		})
	}
}
