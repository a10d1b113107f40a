package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// A proof that was given on somebody else's session, or on one that has ended,
// confirms nothing.
func TestOnlyAProofOnTheOwnLivingSessionConfirms(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		install(w, cooled)
		a, mine := w.Person()
		_, other := w.Person()
		asked, _, err := w.App.Closures.Request(ctx, a.ID, cooled.name, "")
		w.Must(err)
		proved := func(name string) session.Session {
			in := w.SignIn(name)
			w.Clock.Advance(time.Second)
			w.Must(second(w.App.Access.Prove(ctx, in.Session, access.Answer{Password: apptest.Password})))
			on, err := w.App.Sessions.Check(ctx, in.Token)
			w.Must(err)
			return on
		}
		ended := proved(mine)
		_, err = w.App.Sessions.SignOutOwn(ctx, a.ID, session.Own{Session: ended.ID})
		w.Must(err)
		for what, on := range map[string]session.Session{"somebody else's": proved(other), "one that has ended": ended} {
			_, err := w.App.Closures.Confirm(ctx, a.ID, asked.ID, closure.Proof{Session: on, MaxAge: time.Hour})
			if !fault.Is(err, "session_not_valid") {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err = w.App.Closures.Confirm(ctx, a.ID, asked.ID, closure.Proof{Session: proved(mine), MaxAge: time.Hour})
		w.Must(err)
	})
}
