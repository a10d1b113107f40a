package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// Who signs in while a review is waited for takes the closure back, unless the
// policy lets nobody in until its cooling-off is over.
func TestASignInDuringAReview(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, reviewed, careful, sealed)
		for r, want := range map[rules]closure.State{reviewed: closure.Withdrawn, careful: closure.Withdrawn, sealed: closure.InReview} {
			a, name := w.Person()
			c := w.Confirm(a, r.name).Closure
			_, err := w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: session.Desktop}, App: "test"})
			if refused := fault.Is(err, "account_cooling_off"); refused != (want == closure.InReview) || err != nil && !refused {
				t.Errorf("%s: %v", r.name, err)
			}
			v, err := w.App.Closures.Get(t.Context(), c.ID, "")
			w.Must(err)
			if v.State != want {
				t.Errorf("%s: it is %s, want %s", r.name, v.State, want)
			}
		}
	})
}
