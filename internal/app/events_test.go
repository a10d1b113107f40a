package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// A program that hears of an ending learns all that it needs to end the same
// sessions of its own, and who set it going.
func TestAnEventTellsWhatEnded(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		d, err := w.App.Orgs.CreateDepartment(ctx, app.Actor(), p.o.ID, "", "Sales")
		w.Must(err)
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: p.victim, Department: d.ID, Role: org.Ordinary}))
		in := func() session.Session {
			in, err := w.App.Access.SignIn(ctx, access.Attempt{Name: p.name, Password: apptest.Password, Device: session.Device{Kind: session.Phone, Key: "k"}, App: "crm"})
			w.Must(err)
			return in.Session
		}
		own := func(o session.Own) func(session.Session) error {
			return func(session.Session) error { _, err := w.App.Sessions.SignOutOwn(ctx, p.victim, o); return err }
		}
		order := func(by audit.Actor, o session.Order) error {
			o.Reason = "lost"
			_, err := w.App.Sessions.Force(ctx, by, o)
			return err
		}
		operator, reviewer := app.Actor(), actor(audit.KindReviewer, "somebody")
		for _, c := range []struct {
			name string
			do   func(s session.Session) error
			want func(s session.Session) signal.Event
		}{
			{"an own session", func(s session.Session) error {
				_, err := w.App.Sessions.SignOutOwn(ctx, p.victim, session.Own{Session: s.ID})
				return err
			}, func(s session.Session) signal.Event {
				return signal.Event{Scope: "session", Account: p.victim, Object: s.ID, Cause: "signed_out", Initiator: "user"}
			}},
			{"an own device", func(s session.Session) error {
				_, err := w.App.Sessions.SignOutOwn(ctx, p.victim, session.Own{Device: s.Device.ID})
				return err
			}, func(s session.Session) signal.Event {
				return signal.Event{Scope: "device", Account: p.victim, Object: s.Device.ID, Cause: "signed_out", Initiator: "user"}
			}},
			{"an app", own(session.Own{App: "crm"}), func(session.Session) signal.Event {
				return signal.Event{Scope: "account", Account: p.victim, App: "crm", Cause: "signed_out", Initiator: "user"}
			}},
			{"everywhere", own(session.Own{}), func(session.Session) signal.Event {
				return signal.Event{Scope: "account", Account: p.victim, Cause: "signed_out", Initiator: "user"}
			}},
			{"an admin, a person", func(session.Session) error {
				return order(p.one, session.Order{Scope: session.OnePerson, Organisation: p.o.ID, Target: p.victim})
			}, func(session.Session) signal.Event {
				return signal.Event{Scope: "account", Account: p.victim, Organisation: p.o.ID, Cause: "ended_by_admin", Initiator: "admin"}
			}},
			{"an operator, a session", func(s session.Session) error {
				return order(operator, session.Order{Scope: session.OneSession, Target: s.ID})
			}, func(s session.Session) signal.Event {
				return signal.Event{Scope: "session", Account: p.victim, Object: s.ID, Cause: "ended_by_admin", Initiator: "admin"}
			}},
			{"an admin, a department", func(session.Session) error {
				return order(p.two, session.Order{Scope: session.ADepartment, Organisation: p.o.ID, Target: d.ID})
			}, func(session.Session) signal.Event {
				return signal.Event{Scope: "department", Organisation: p.o.ID, Object: d.ID, Cause: "ended_by_admin", Initiator: "admin"}
			}},
			{"an operator, an organisation", func(session.Session) error {
				return order(operator, session.Order{Scope: session.Organisation, Organisation: p.o.ID})
			}, func(session.Session) signal.Event {
				return signal.Event{Scope: "organisation", Organisation: p.o.ID, Cause: "ended_by_admin", Initiator: "admin"}
			}},
			{"a reviewer, a password", func(session.Session) error {
				return w.App.Access.SetPassword(ctx, reviewer, p.victim, apptest.Password+"!")
			},
				func(session.Session) signal.Event {
					return signal.Event{Scope: "account", Account: p.victim, Cause: "password_changed", Initiator: "admin"}
				}},
		} {
			s := in()
			since := w.Clock.Now()
			w.Must(c.do(s))
			all := endings(w, since)
			if len(all) != 1 {
				t.Fatalf("%s: %d events", c.name, len(all))
			}
			want := c.want(s)
			want.ID, want.At, want.Kind = all[0].ID, all[0].At, signal.SessionsEnded
			if all[0] != want || want.ID == "" || want.At.Before(since) || want.At.After(w.Clock.Now()) {
				t.Errorf("%s: %+v, want %+v", c.name, all[0], want)
			}
			w.Clock.Advance(time.Second)
		}
	})
}

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

// A program that hears of a sign-in learns who, in which app, and by which session;
// the audit log says by what means, too.
func TestAnEventTellsWhoSignedIn(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		in := w.SignIn(name)
		var started []signal.Event
		w.Must(w.App.DB.View(t.Context(), func(tx *store.Tx) error {
			all, err := tx.EventsSince(t.Context(), in.Session.CreatedAt, 10)
			started = slices.DeleteFunc(all, func(e signal.Event) bool { return e.Kind != signal.SessionStarted })
			return err
		}))
		want := signal.Event{Kind: signal.SessionStarted, At: in.Session.CreatedAt, Scope: "session", Account: a.ID, Object: in.Session.ID, App: "test", Initiator: "user"}
		if len(started) == 1 {
			want.ID = started[0].ID
		}
		if len(started) != 1 || started[0] != want || want.ID == "" {
			t.Errorf("published %+v, want %+v", started, want)
		}
		if !strings.Contains(w.Dump()["audit_entries"], `"methods":"`+session.MethodPassword+`"`) {
			t.Error("the audit log does not say by what means")
		}
	})
}
