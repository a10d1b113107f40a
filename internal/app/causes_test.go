package app_test

import (
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// way is one in which somebody's sessions end, with what it takes.
type way struct {
	cause session.Cause
	do    func(w *apptest.World, account string, in session.Session) error
	// each says that it ends sessions one by one, with an event and an audit entry
	// for each of them.
	each bool
}

// causes are all of them.
var causes = []way{
	{session.BySelf, func(w *apptest.World, account string, _ session.Session) error {
		_, err := w.App.Sessions.SignOutAll(w.T.Context(), account, "", "")
		return err
	}, false},
	{session.BySelf, func(w *apptest.World, account string, in session.Session) error {
		_, err := w.App.Sessions.SignOutOwn(w.T.Context(), account, session.Own{Device: in.Device.ID})
		return err
	}, false},
	{session.ByAdmin, func(w *apptest.World, _ string, in session.Session) error {
		_, err := w.App.Sessions.Force(w.T.Context(), app.Actor(), session.Order{Scope: session.ADevice, Target: in.Device.ID, Reason: "lost"})
		return err
	}, false},
	{session.ByAdmin, func(w *apptest.World, account string, _ session.Session) error {
		w.App.Sessions.Approval.Scopes = []session.Scope{session.OnePerson}
		defer func() { w.App.Sessions.Approval.Scopes = nil }()
		done, err := w.App.Sessions.Force(w.T.Context(), app.Actor(), session.Order{Scope: session.OnePerson, Target: account, Reason: "lost"})
		w.Must(err)
		_, _, err = w.App.Sessions.Approve(w.T.Context(), actor(audit.KindOperator, "another"), done.Waiting.ID)
		return err
	}, false},
	{session.ByAdmin, func(w *apptest.World, account string, _ session.Session) error {
		_, err := w.App.Sessions.Force(w.T.Context(), app.Actor(), session.Order{Scope: session.OnePerson, Target: account, Reason: "lost"})
		return err
	}, false},
	{session.ByPassword, func(w *apptest.World, account string, _ session.Session) error {
		return w.App.Access.SetPassword(w.T.Context(), app.Actor(), account, "another good passphrase")
	}, false},
	{session.ByPassword, func(w *apptest.World, _ string, in session.Session) error { // the own hand: this session goes on under another token
		_, err := w.App.Access.ChangePassword(w.T.Context(), in, access.PasswordChange{Old: apptest.Password, New: "another good passphrase"})
		return err
	}, false},
	{session.ByPassword, func(w *apptest.World, account string, _ session.Session) error { return reset(w, account) }, false},
	{session.ByFactor, func(w *apptest.World, account string, _ session.Session) error {
		_, err := withApp(w, account)
		return err
	}, false},
	{session.ByStolen, func(w *apptest.World, account string, _ session.Session) error {
		return w.App.Access.SetFlags(w.T.Context(), app.Actor(), account, true, false)
	}, false},
	{session.ByBan, func(w *apptest.World, account string, _ session.Session) error {
		return w.App.Access.SetFlags(w.T.Context(), app.Actor(), account, false, true)
	}, false},
	{session.ByPause, func(w *apptest.World, account string, _ session.Session) error {
		_, err := w.App.Access.Pause(w.T.Context(), app.Actor(), account, time.Time{})
		return err
	}, false},
	{session.ByRemoval, func(w *apptest.World, account string, _ session.Session) error {
		a, err := w.App.Accounts.Get(w.T.Context(), account)
		w.Must(err)
		o := w.Organisation(org.Ordinary, a)
		return w.App.Access.RemoveMember(w.T.Context(), app.Actor(), o.ID, account, "")
	}, false},
	{session.ByClosure, func(w *apptest.World, account string, _ session.Session) error {
		a, err := w.App.Accounts.Get(w.T.Context(), account)
		w.Must(err)
		w.Confirm(a, "wecom")
		return nil
	}, false},
	{session.ByLimit, func(w *apptest.World, account string, _ session.Session) error {
		w.App.Sessions.Limits.Account = 1
		defer func() { w.App.Sessions.Limits.Account = 0 }()
		return begin(w, account, session.Device{Kind: session.Desktop})
	}, true},
	{session.ByOrganisation, func(w *apptest.World, account string, _ session.Session) error {
		a, err := w.App.Accounts.Get(w.T.Context(), account)
		w.Must(err)
		id := announced(w, w.Organisation(org.Ordinary, a)) // a notice that stands for weeks
		neverIdle(w)
		return w.App.Dissolutions.Step(w.T.Context(), id)
	}, false},
	{session.ByIdling, func(w *apptest.World, _ string, _ session.Session) error {
		return runOut(w, w.Config.Session.IdleTTL+w.Config.Session.ActivityLag)
	}, true},
	{session.ByExpiry, func(w *apptest.World, _ string, _ session.Session) error {
		neverIdle(w)
		return runOut(w, w.Config.Session.AbsoluteTTL)
	}, true},
}

// runOut lets the sessions that there are run out, and writes it down.
func runOut(w *apptest.World, after time.Duration) error {
	w.Clock.Advance(after)
	_, err := w.App.Sessions.Sweep(w.T.Context())
	return err
}

// neverIdle has all sessions that there are used far on.
func neverIdle(w *apptest.World) {
	_, err := w.App.DB.Write.ExecContext(w.T.Context(), `UPDATE sessions SET active_at = $1 WHERE ended_at IS NULL`, w.Clock.Now().Add(100*24*time.Hour).UnixMicro())
	w.Must(err)
}

// A cause that nothing here ends a session by is one of which nobody knows that
// it ends all of them.
func TestEveryCauseIsTried(t *testing.T) {
	for _, c := range session.Causes() {
		if !slices.ContainsFunc(causes, func(row way) bool { return row.cause == c }) {
			t.Errorf("%s ends sessions, and no row of causes says how: add one", c)
		}
	}
}

// Whatever ends sessions ends every one of the person's and nobody else's, and
// says so with one event and one audit entry. It still holds after a restart.
func TestEveryCauseEndsEverySessionAndSaysSoOnce(t *testing.T) {
	onBoth(t, idleAfter(14*24*time.Hour), func(t *testing.T, w *apptest.World) {
		_, bystander := w.Person()
		var dead []string
		on := func(name string) session.Started {
			in, err := w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password,
				Device: session.Device{Kind: session.Desktop, Key: "one browser"}, App: "test"})
			w.Must(err)
			return in.Started
		}
		other := on(bystander)
		for _, c := range causes {
			a, name := w.Person()
			one, two := on(name), on(name)
			since := w.Clock.Now()
			w.Must(c.do(w, a.ID, one.Session))
			if dead = append(dead, one.Token, two.Token); w.Alive(one.Token) || w.Alive(two.Token) {
				t.Errorf("%s: a session lives on", c.cause)
			}
			if lapsed := c.cause == session.ByIdling || c.cause == session.ByExpiry; lapsed {
				other = on(bystander) // it ran out too
			} else if !w.Alive(other.Token) {
				t.Fatalf("%s ended somebody else's session", c.cause)
			}
			want := 1
			if c.each {
				want = 2
			}
			told := 0
			for _, e := range endings(w, since) {
				if e.Account != a.ID {
					continue
				}
				if told++; e.Cause != string(c.cause) {
					t.Errorf("%s: published %+v", c.cause, e)
				}
			}
			if n := w.Entries("sessions.ended", a.ID); n != want || told != want {
				t.Errorf("%s: %d events and %d audit entries, want %d", c.cause, told, n, want)
			}
		}
		w.Restart()
		if n := alive(w, dead); n != 0 || !w.Alive(other.Token) {
			t.Errorf("after a restart %d sessions are back", n)
		}
	})
}
