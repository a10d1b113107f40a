package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
)

// A closure is woken when its time comes, and not before: a request that nobody
// confirms after a day, a cooling-off at its end, a review never.
func TestAClosureIsWokenWhenItsTimeComes(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		install(w, cooled, reviewed)
		confirmed := func(r rules) func(a identity.Account) closure.Closure {
			return func(a identity.Account) closure.Closure { return w.Confirm(a, r.name).Closure }
		}
		for what, c := range map[string]struct {
			begin func(a identity.Account) closure.Closure
			after time.Duration // 0: never
			then  closure.State
		}{
			"not confirmed": {func(a identity.Account) closure.Closure {
				c, _, err := w.App.Closures.Request(ctx, a.ID, cooled.name, "")
				w.Must(err)
				return c
			}, 24 * time.Hour, closure.Withdrawn},
			"cooling off": {confirmed(cooled), 15 * day, closure.Closed},
			"in review":   {confirmed(reviewed), 0, closure.InReview},
		} {
			a, _ := w.Person()
			begun := c.begin(a)
			wake := func(want int) {
				t.Helper()
				if n, err := w.App.Closures.Wake(ctx); n != want || err != nil {
					t.Errorf("%s: woke %d, %v, want %d", what, n, err, want)
				}
			}
			if c.after == 0 {
				w.Clock.Advance(60 * day)
				wake(0)
				continue
			}
			w.Clock.Advance(c.after - time.Second)
			wake(0)
			w.Clock.Advance(time.Second)
			wake(1)
			wake(0) // its job is under way
			w.Must(w.App.Closures.Step(ctx, begun.ID))
			now, err := w.App.Closures.Get(ctx, begun.ID, "")
			w.Must(err)
			if now.State != c.then {
				t.Errorf("%s: it is %s, want %s", what, now.State, c.then)
			}
		}
	})
}
