package app_test

import (
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
			var object, data string
			w.Must(w.App.DB.Read.QueryRowContext(ctx, `SELECT object, data FROM audit_entries WHERE action = 'sessions.ended' AND at >= $1`, since.UnixMicro()).Scan(&object, &data))
			if object != want.Object || strings.Contains(data, `"app":"crm"`) != (want.App != "") || !strings.Contains(data, `"scope":"`+want.Scope+`"`) || strings.Contains(data, `"order"`) {
				t.Errorf("%s: the audit log tells of %s with %s", c.name, object, data)
			}
			w.Clock.Advance(time.Second)
		}
	})
}
