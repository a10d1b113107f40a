package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/work"
)

// A session is from its beginning what a check says of it: seen now, proved by
// what was given, on one device with others of the same key.
func TestASessionIsWhatACheckSays(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		on := func(key string) access.SignedIn {
			in, err := w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password,
				Device: session.Device{Kind: session.Phone, Name: "mine", Key: key}, App: "crm"})
			w.Must(err)
			return in
		}
		in, again, elsewhere, keyless, keylessToo := on("k"), on("k"), on("other"), on(""), on("")
		got, err := w.App.Sessions.Check(t.Context(), in.Token)
		w.Must(err)
		if got.ID != in.Session.ID || got.Account != a.ID || got.App != "crm" || got.Device.Kind != session.Phone ||
			got.CreatedAt.IsZero() || !got.ExpiresAt.Equal(got.CreatedAt.Add(w.App.Sessions.TTL)) ||
			len(got.Proof.Methods) != 1 || got.Proof.Methods[0] != session.MethodPassword || got.Proof.At.IsZero() {
			t.Errorf("a check says %+v", got)
		}
		if s := in.Session; !s.ActiveAt.Equal(s.CreatedAt) || s.Device.Name != "mine" || s.Device.Key != "" {
			t.Errorf("it began as %+v", s)
		}
		devices := map[string]bool{}
		for _, s := range []access.SignedIn{in, elsewhere, keyless, keylessToo} {
			devices[s.Session.Device.ID] = true
		}
		if len(devices) != 4 || again.Session.Device.ID != in.Session.Device.ID || got.Device.ID != in.Session.Device.ID {
			t.Errorf("four devices are %d", len(devices))
		}
	})
}

// Signing out of one app spares the others, and signing out of all but one that one.
func TestSigningOutSparesWhatIsNotMeant(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		s := seated(w)
		for _, c := range []struct {
			except, app string
			ended       int
			alive       int
		}{{"", "mail", 1, 2}, {s.crm.Session.ID, "crm", 1, 1}, {s.crm.Session.ID, "", 0, 1}, {"", "", 1, 0}} {
			n, err := w.App.Sessions.SignOutAll(t.Context(), s.victim, c.except, c.app)
			w.Must(err)
			if left := alive(w, []string{s.crm.Token, s.crmToo.Token, s.mail.Token}); n != c.ended || left != c.alive {
				t.Errorf("all but %q of app %q: %d ended, %d are left", c.except, c.app, n, left)
			}
		}
	})
}

// Announced work is told back as it is kept, and who asks for it hears of it by
// session, device, app and account.
func TestWorkIsFoundWhereItIsAnnounced(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		s := seated(w)
		l := busy(w, s.crm)
		if l.Session != s.crm.Session.ID || l.Account != s.victim || l.App != "crm" || !l.EndsAt.IsZero() || l.ID == "" {
			t.Errorf("announced %+v", l)
		}
		device := s.crm.Session.Device.ID
		for what, c := range map[string]struct {
			whose work.Whose
			want  int
		}{
			"the account": {work.Whose{Account: s.victim}, 1}, "the session": {work.Whose{Account: s.victim, Session: s.crm.Session.ID}, 1},
			"its neighbour": {work.Whose{Account: s.victim, Session: s.crmToo.Session.ID}, 0}, "the device": {work.Whose{Account: s.victim, Device: device}, 1},
			"another device": {work.Whose{Account: s.victim, Device: s.mail.Session.Device.ID}, 0}, "the app": {work.Whose{Account: s.victim, App: "crm"}, 1},
			"another app": {work.Whose{Account: s.victim, App: "mail"}, 0}, "all but it": {work.Whose{Account: s.victim, Except: s.crm.Session.ID}, 0},
		} {
			all, err := w.App.Sessions.InHand(ctx, c.whose)
			w.Must(err)
			if len(all) != c.want || c.want == 1 && (all[0].ID != l.ID || all[0].App != "crm" || all[0].Session != l.Session) {
				t.Errorf("%s has in hand %+v", what, all)
			}
		}
		// Signing out of one thing heeds the work there, and only there.
		for _, o := range []session.Own{{Session: s.crm.Session.ID}, {Device: device}} {
			if _, err := w.App.Sessions.SignOutOwn(ctx, s.victim, o); err == nil {
				t.Errorf("signed out with work in hand: %+v", o)
			}
		}
		w.Must(second(w.App.Sessions.SignOutOwn(ctx, s.victim, session.Own{Session: s.crmToo.Session.ID})))
		w.Must(second(w.App.Sessions.SignOutOwn(ctx, s.victim, session.Own{Device: s.mail.Session.Device.ID})))

		_, err := w.App.Sessions.Force(ctx, s.one, session.Order{Scope: session.OnePerson, Organisation: s.o.ID, Target: s.victim, Reason: "x", Grace: 20 * time.Second})
		w.Must(err)
		until, err := w.App.Sessions.EndsAt(ctx, s.crm.Session.ID)
		w.Must(err)
		later := busy(w, s.crm)
		if until.IsZero() || !later.EndsAt.Equal(until) {
			t.Errorf("work announced after the order ends at %s, want %s", later.EndsAt, until)
		}
	})
}
