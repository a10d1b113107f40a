package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
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

// A policy that wants a passkey takes no password, however right.
func TestAPasswordConfirmsOnlyWhereThePolicyTakesIt(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		for name, methods := range map[string]string{"strict": "[passkey]", "either": "[passkey, password]"} {
			source := strings.Replace(strings.Replace(atOnce.file(), "methods: [password]", "methods: "+methods, 1), "name: at-once", "name: "+name, 1)
			_, err := w.App.Closures.InstallPolicy(ctx, app.Actor(), []byte(source))
			w.Must(err)
			a, _ := w.Person()
			asked, _, err := w.App.Closures.Request(ctx, a.ID, name, "")
			w.Must(err)
			if err := confirmed(w, a.ID, asked.ID); (err == nil) != (name == "either") || err != nil && !fault.Is(err, "proof_required") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
