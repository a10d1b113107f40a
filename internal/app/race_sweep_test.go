package app_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// twin opens another process's worth of Signoff on the same database.
func twin(w *apptest.World) *app.App {
	w.T.Helper()
	other, err := app.Open(w.T.Context(), w.Config, w.World)
	w.Must(err)
	w.T.Cleanup(func() {
		if err := other.Close(); err != nil {
			w.T.Error(err)
		}
	})
	return other
}

// However many sign in at once, in two processes, the limit holds exactly.
func TestTheLimitHoldsUnderParallelSignIns(t *testing.T) {
	const callers, limit = 50, 5
	for _, at := range []string{"end_oldest", "refuse"} {
		t.Run(at, func(t *testing.T) {
			onBoth(t, func(c *config.Config) { c.Session.Limit, c.Session.AtLimit = limit, at }, func(t *testing.T, w *apptest.World) {
				a, name := w.Person()
				apps := []*app.App{w.App, twin(w)}
				since := w.Clock.Now()
				errs := make([]error, callers)
				var wg sync.WaitGroup
				for i := range callers {
					wg.Go(func() {
						_, errs[i] = apps[i%2].Access.SignIn(context.WithoutCancel(t.Context()), access.Attempt{Name: name, Password: apptest.Password,
							Device: session.Device{Kind: session.Desktop}, App: "test"})
					})
				}
				wg.Wait()
				refused := 0
				for _, err := range errs {
					if fault.Is(err, "session_limit_reached") {
						refused++
					} else {
						w.Must(err)
					}
				}
				live, err := w.App.Sessions.List(t.Context(), a.ID)
				w.Must(err)
				ended := len(endings(w, since))
				if len(live) != limit || ended+refused != callers-limit || (at == "refuse") != (ended == 0) {
					t.Errorf("%d live, %d ended, %d refused", len(live), ended, refused)
				}
			})
		})
	}
}

// Two sweeps and a sign-out meet over the same sessions: each session ends once,
// with one event, whoever was first.
func TestASweepAgainstASignOutEndsEachSessionOnce(t *testing.T) {
	const people, each = 12, 5
	onBoth(t, idleAfter(time.Hour), func(t *testing.T, w *apptest.World) {
		other := twin(w)
		var ids []string
		for range people {
			a, name := w.Person()
			ids = append(ids, a.ID)
			for range each {
				w.SignIn(name)
			}
		}
		since := w.Clock.Now()
		// Just before the end of all: some of it happens before, some after.
		w.Clock.Advance(time.Hour + 30*time.Second - time.Millisecond)
		var mu sync.Mutex
		total, problems := 0, []error{}
		add := func(n int, err error) {
			mu.Lock()
			defer mu.Unlock()
			if total += n; err != nil {
				problems = append(problems, err)
			}
		}
		var wg sync.WaitGroup
		for _, a := range []*app.App{w.App, other} {
			wg.Go(func() { add(a.Sessions.Sweep(context.WithoutCancel(t.Context()))) })
		}
		for i, id := range ids {
			wg.Go(func() {
				add(w.App.Sessions.SignOutAll(context.WithoutCancel(t.Context()), id, "", ""))
				if i == people/2 {
					w.Clock.Advance(2 * time.Millisecond)
				}
				add(other.Sessions.Sweep(context.WithoutCancel(t.Context())))
			})
		}
		wg.Wait()
		for _, err := range problems {
			t.Error(err)
		}
		w.Clock.Advance(2 * time.Minute) // whatever a sweep had leased
		add(w.App.Sessions.Sweep(t.Context()))
		if total != people*each {
			t.Errorf("%d sessions ended, want %d", total, people*each)
		}
		bySweep, byPerson := 0, 0
		for _, e := range endings(w, since) {
			if e.Cause == string(session.BySelf) {
				byPerson++
			} else {
				bySweep++
			}
		}
		t.Logf("%d ended by sweeps, and %d people signed out", bySweep, byPerson)
	})
}
