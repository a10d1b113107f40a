package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
)

// What time ends, and what the law's end of an account ends, nobody set going.
func TestAnEventTellsThatNobodyEndedIt(t *testing.T) {
	onBoth(t, idleAfter(time.Hour), func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		for what, c := range map[string]struct {
			do        func() error
			initiator string
		}{
			"idleness": {func() error {
				w.Clock.Advance(2 * time.Hour)
				_, err := w.App.Sessions.Sweep(t.Context())
				return err
			}, "policy"},
			"a limit": {func() error {
				w.App.Sessions.Limits.Account = 1
				w.SignIn(name)
				w.App.Sessions.Limits.Account = 0
				_, err := w.App.Sessions.SignOutAll(t.Context(), a.ID, "", "")
				return err
			}, "policy"},
		} {
			w.SignIn(name)
			since := w.Clock.Now()
			w.Must(c.do())
			if all := endings(w, since); len(all) == 0 || all[0].Initiator != c.initiator || all[0].Account != a.ID {
				t.Errorf("%s: %+v", what, all)
			}
		}
	})
}
