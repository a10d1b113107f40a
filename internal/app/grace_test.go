package app_test

import (
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/work"
)

// seats are the sessions of somebody who works in two apps on two devices.
type seats struct {
	duty
	crm, crmToo, mail access.SignedIn // the first two on one device
}

func seated(w *apptest.World) (s seats) {
	w.T.Helper()
	s.duty = newDuty(w)
	_, err := w.App.Sessions.SignOutAll(w.T.Context(), s.victim, "", "")
	w.Must(err)
	on := func(key, app string) access.SignedIn {
		in, err := w.App.Access.SignIn(w.T.Context(), access.Attempt{Name: s.name, Password: apptest.Password,
			Device: session.Device{Kind: session.Desktop, Key: key}, App: app})
		w.Must(err)
		return in
	}
	s.crm, s.crmToo, s.mail = on("one", "crm"), on("one", "crm"), on("two", "mail")
	return s
}

// busy announces work on a session, for longer than any grace here.
func busy(w *apptest.World, in access.SignedIn) work.Lease {
	w.T.Helper()
	l, err := w.App.Sessions.Announce(w.T.Context(), in.Session, work.Item{Kind: work.Unsaved, What: "a draft"}, time.Hour)
	w.Must(err)
	return l
}

// A grace is for the sessions that an order names and that have work in hand:
// every other one of these ends at once, and none that it does not name.
func TestAGraceIsForWhatTheOrderNames(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		for _, c := range []struct {
			name   string
			order  func(s seats) session.Order
			busy   func(s seats) []access.SignedIn
			lives  func(s seats) []string // right after the order
			later  func(s seats) []string // when the grace is over
			events int                    // at once
		}{
			{"a person", func(s seats) session.Order { return session.Order{Scope: session.OnePerson, Target: s.victim} },
				func(s seats) []access.SignedIn { return []access.SignedIn{s.crm} },
				func(s seats) []string { return []string{s.crm.Token} }, func(seats) []string { return nil }, 2},
			{"a session without work, beside one with it", func(s seats) session.Order {
				return session.Order{Scope: session.OneSession, Target: s.mail.Session.ID}
			},
				func(s seats) []access.SignedIn { return []access.SignedIn{s.crm} },
				func(s seats) []string { return []string{s.crm.Token, s.crmToo.Token} }, func(s seats) []string { return []string{s.crm.Token, s.crmToo.Token} }, 1},
			{"a session with work", func(s seats) session.Order { return session.Order{Scope: session.OneSession, Target: s.crm.Session.ID} },
				func(s seats) []access.SignedIn { return []access.SignedIn{s.crm} },
				func(s seats) []string { return []string{s.crm.Token, s.crmToo.Token, s.mail.Token} }, func(s seats) []string { return []string{s.crmToo.Token, s.mail.Token} }, 0},
			{"a device", func(s seats) session.Order {
				return session.Order{Scope: session.ADevice, Target: s.crm.Session.Device.ID}
			},
				func(s seats) []access.SignedIn { return []access.SignedIn{s.crm, s.mail} },
				func(s seats) []string { return []string{s.crm.Token, s.mail.Token} }, func(s seats) []string { return []string{s.mail.Token} }, 1},
		} {
			s := seated(w)
			for _, in := range c.busy(s) {
				busy(w, in)
			}
			order := c.order(s)
			order.Organisation, order.Reason, order.Grace = s.o.ID, "moving house", time.Minute
			since := w.Clock.Now()
			done, err := w.App.Sessions.Force(t.Context(), s.one, order)
			w.Must(err)
			all := []string{s.crm.Token, s.crmToo.Token, s.mail.Token}
			living := func() (tokens []string) {
				return slices.DeleteFunc(slices.Clone(all), func(token string) bool { return !w.Alive(token) })
			}
			if got := living(); !slices.Equal(got, c.lives(s)) || done.Ended != c.events {
				t.Errorf("%s: %d live on, %d are said to have ended", c.name, len(got), done.Ended)
			}
			at := endings(w, since)
			for _, e := range at {
				if e.Cause != string(session.ByAdmin) || e.Organisation != s.o.ID || e.Account != s.victim || e.Initiator != "admin" {
					t.Errorf("%s: published %+v", c.name, e)
				}
			}
			if n := toldOf(w, s.victim, signal.SessionsEndedByAdmin); len(at) != c.events || n != 1 {
				t.Errorf("%s: %d events, the person is told %d times", c.name, len(at), n)
			}
			since = w.Clock.Now()
			w.Clock.Advance(time.Minute - time.Second)
			if n, err := w.App.Sessions.EndGraced(t.Context()); n != 0 || err != nil {
				t.Errorf("%s: a second early, %d ended, %v", c.name, n, err)
			}
			w.Clock.Advance(2 * time.Second)
			_, err = w.App.Sessions.EndGraced(t.Context())
			w.Must(err)
			if got := living(); !slices.Equal(got, c.later(s)) {
				t.Errorf("%s: %d live on after the grace", c.name, len(got))
			}
			for _, e := range endings(w, since) {
				if e.Cause != string(session.ByAdmin) || e.Organisation != s.o.ID || e.Account != s.victim || e.Scope != string(session.OneSession) || e.Initiator != "admin" {
					t.Errorf("%s: published at the end %+v", c.name, e)
				}
			}
			if w.Dump()["session_graces"] != "" {
				t.Errorf("%s: a grace is left", c.name)
			}
		}
	})
}

// A department's order with a grace ends at once whoever has nothing in hand, and
// tells everybody whom it meets.
func TestAGraceOfADepartment(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		s := seated(w)
		d, err := w.App.Orgs.CreateDepartment(ctx, app.Actor(), s.o.ID, "", "Sales")
		w.Must(err)
		idle, name := w.Person()
		absent, _ := w.Person()
		for _, a := range []string{s.victim, idle.ID, absent.ID} {
			w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: s.o.ID, Account: a, Department: d.ID, Role: org.Ordinary}))
		}
		free := w.SignIn(name)
		busy(w, s.mail)
		done, err := w.App.Sessions.Force(ctx, s.one, session.Order{Scope: session.ADepartment, Organisation: s.o.ID, Target: d.ID, Reason: "a drill", Grace: time.Minute})
		w.Must(err)
		if done.Ended != 3 || w.Alive(free.Token) || w.Alive(s.crm.Token) || !w.Alive(s.mail.Token) {
			t.Errorf("it ended %d", done.Ended)
		}
		for account, want := range map[string]int{s.victim: 1, idle.ID: 1, absent.ID: 0} {
			if n := toldOf(w, account, signal.SessionsEndedByAdmin); n != want {
				t.Errorf("told %d times, want %d", n, want)
			}
		}
	})
}

// The bounds of a grace, to the second.
func TestHowLongAGraceMayBe(t *testing.T) {
	onBoth(t, func(c *config.Config) { c.Work.MaxGrace = time.Minute }, func(t *testing.T, w *apptest.World) {
		for grace, want := range map[time.Duration]string{0: "", time.Second: "", time.Minute: "", time.Minute + time.Second: "validation_failed", -time.Second: "validation_failed"} {
			s := seated(w)
			_, err := w.App.Sessions.Force(t.Context(), s.one, session.Order{Scope: session.OnePerson, Organisation: s.o.ID, Target: s.victim, Reason: "x", Grace: grace})
			if want == "" && err != nil || want != "" && !fault.Is(err, want) {
				t.Errorf("%s: %v", grace, err)
			}
			if w.Alive(s.crm.Token) != (want != "") {
				t.Errorf("%s: alive %v", grace, w.Alive(s.crm.Token))
			}
		}
	})
}
