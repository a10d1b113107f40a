package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// causes are the ways in which somebody's sessions end, each with what it takes.
var causes = []struct {
	cause session.Cause
	do    func(w *apptest.World, account string, in session.Session) error
}{
	{session.BySelf, func(w *apptest.World, account string, _ session.Session) error {
		_, err := w.App.Sessions.SignOutAll(w.T.Context(), account, "", "")
		return err
	}},
	{session.ByAdmin, func(w *apptest.World, account string, _ session.Session) error {
		_, err := w.App.Sessions.Force(w.T.Context(), app.Actor(), session.Order{Scope: session.OnePerson, Target: account, Reason: "lost"})
		return err
	}},
	{session.ByPassword, func(w *apptest.World, account string, _ session.Session) error {
		return w.App.Access.SetPassword(w.T.Context(), app.Actor(), account, "another good passphrase")
	}},
	{session.ByStolen, func(w *apptest.World, account string, _ session.Session) error {
		return w.App.Access.SetFlags(w.T.Context(), app.Actor(), account, true, false)
	}},
	{session.ByBan, func(w *apptest.World, account string, _ session.Session) error {
		return w.App.Access.SetFlags(w.T.Context(), app.Actor(), account, false, true)
	}},
	{session.ByPause, func(w *apptest.World, account string, _ session.Session) error {
		_, err := w.App.Access.Pause(w.T.Context(), app.Actor(), account, time.Time{})
		return err
	}},
	{session.ByRemoval, func(w *apptest.World, account string, _ session.Session) error {
		a, err := w.App.Accounts.Get(w.T.Context(), account)
		w.Must(err)
		o := w.Organisation(org.Ordinary, a)
		return w.App.Access.RemoveMember(w.T.Context(), app.Actor(), o.ID, account, "")
	}},
	{session.ByClosure, func(w *apptest.World, account string, _ session.Session) error {
		a, err := w.App.Accounts.Get(w.T.Context(), account)
		w.Must(err)
		w.Confirm(a, "wecom")
		return nil
	}},
}

// Whatever ends sessions ends every one of the person's and nobody else's, and
// says so with one event and one audit entry.
func TestEveryCauseEndsEverySessionAndSaysSoOnce(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		_, bystander := w.Person()
		other := w.SignIn(bystander)
		for _, c := range causes {
			a, name := w.Person()
			one, two := w.SignIn(name), w.SignIn(name)
			since := w.Clock.Now()
			w.Must(c.do(w, a.ID, one.Session))
			if w.Alive(one.Token) || w.Alive(two.Token) {
				t.Errorf("%s: a session lives on", c.cause)
			}
			if !w.Alive(other.Token) {
				t.Fatalf("%s ended somebody else's session", c.cause)
			}
			var events []signal.Event
			w.Must(w.App.DB.View(t.Context(), func(tx *store.Tx) (err error) {
				events, err = tx.EventsSince(t.Context(), since, 10)
				return err
			}))
			if len(events) != 1 || events[0].Kind != signal.SessionsEnded || events[0].Account != a.ID || events[0].Cause != string(c.cause) {
				t.Errorf("%s: published %+v", c.cause, events)
			}
			if n := w.Entries("sessions.ended", a.ID); n != 1 {
				t.Errorf("%s: %d audit entries, want 1", c.cause, n)
			}
		}
	})
}
