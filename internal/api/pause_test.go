package api_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/org"
)

// attempt is a sign-in of a name over HTTP.
func attempt(name, password string, resume bool) client.NewSession {
	return client.NewSession{Name: name, Password: password, Device: client.Device{Kind: client.Phone}, App: "crm", Resume: resume}
}

// code says how a call ended: with a problem's code, or "" for success.
func code(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" && err != nil || want != "" && !client.HasCode(err, want) {
		t.Fatalf("answer %v, want %q", err, want)
	}
}

// A pause lets nobody in and tells nobody who cannot prove to be the person;
// resuming brings everything back but the sessions.
func TestPausingAndResuming(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), client.New(w.Serve(), client.Options{})
		a, name := w.Person()
		in, err := c.SignIn(ctx, attempt(name, apptest.Password, false))
		code(t, err, "")
		me := c.WithToken(in.Token)
		if _, err := me.PauseOwnAccount(ctx, client.NewPause{}); err != nil {
			t.Fatal(err)
		}
		_, err = me.CheckSession(ctx)
		code(t, err, "session_not_valid")
		_, err = c.SignIn(ctx, attempt(name, "a wrong password", true))
		code(t, err, "credentials_wrong")
		_, err = c.SignIn(ctx, attempt(name, "a wrong password", false))
		code(t, err, "credentials_wrong")
		_, err = c.SignIn(ctx, attempt(name, apptest.Password, false))
		code(t, err, "account_paused")
		back, err := c.SignIn(ctx, attempt(name, apptest.Password, true))
		code(t, err, "")
		if !back.Resumed {
			t.Error("the sign-in does not say that it resumed the account")
		}
		_, err = me.CheckSession(ctx)
		code(t, err, "session_not_valid")
		again, err := c.SignIn(ctx, attempt(name, apptest.Password, true))
		code(t, err, "")
		if again.Resumed {
			t.Error("nothing was paused, and the sign-in says that it resumed something")
		}
		if got, err := w.App.Accounts.Get(ctx, a.ID); err != nil || got.State != "active" || got.Name != name {
			t.Errorf("after the pause: %+v, %v", got, err)
		}
		if w.Entries("account.paused", a.ID) != 1 || w.Entries("account.resumed", a.ID) != 1 {
			t.Error("the audit log does not tell of the pause and its end")
		}
	})
}

// A pause needs a proof that is fresh, and waits for whatever needs the account.
func TestWhatForbidsAPause(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), client.New(w.Serve(), client.Options{})
		a, name := w.Person()
		me := c.WithToken(w.SignIn(name).Token)
		w.Clock.Advance(w.Config.Session.ProofAge + time.Second)
		_, err := me.PauseOwnAccount(ctx, client.NewPause{})
		code(t, err, "proof_required")
		_, err = me.ProveIdentity(ctx, client.NewProof{Password: apptest.Password})
		code(t, err, "")
		for _, until := range []time.Time{w.Clock.Now().Add(-time.Hour), w.Clock.Now().AddDate(6, 0, 0)} {
			_, err = me.PauseOwnAccount(ctx, client.NewPause{Until: &until})
			code(t, err, "validation_failed")
		}
		o := w.Organisation(org.Creator, a)
		_, err = me.PauseOwnAccount(ctx, client.NewPause{})
		code(t, err, "last_admin")
		other, _ := w.Person()
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: o.ID, Account: other.ID, Role: org.SuperAdmin}))
		b, _ := w.Person()
		w.Confirm(b, "wecom")
		_, err = w.App.Access.Pause(ctx, app.Actor(), b.ID, time.Time{})
		if !strings.Contains(err.Error(), "closure_open") {
			t.Errorf("a pause during a closure: %v", err)
		}
		_, err = me.PauseOwnAccount(ctx, client.NewPause{})
		code(t, err, "")
		// The one that is left is now the last: a paused admin counts for nothing.
		if _, err := w.App.Access.Pause(ctx, app.Actor(), other.ID, time.Time{}); err == nil || !strings.Contains(err.Error(), "last_admin") {
			t.Errorf("pausing the other admin too: %v", err)
		}
	})
}

// An operator pauses and resumes, and looks after a paused account; a pause with
// an end ends by itself.
func TestPausesByOperatorsAndByTheClock(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		a, name := w.Person()
		if _, err := w.App.Access.Pause(ctx, app.Actor(), a.ID, time.Time{}); err != nil {
			t.Fatal(err)
		}
		w.Must(w.App.Access.SetFlags(ctx, app.Actor(), a.ID, false, true))
		c := client.New(w.Serve(), client.Options{})
		_, err := c.SignIn(ctx, attempt(name, apptest.Password, true))
		code(t, err, "account_blocked")
		w.Must(w.App.Access.SetFlags(ctx, app.Actor(), a.ID, false, false))
		w.Must(w.App.Access.SetPassword(ctx, app.Actor(), a.ID, apptest.Password))
		w.Must(w.App.Access.Resume(ctx, app.Actor(), a.ID))
		w.SignIn(name)

		if _, err := w.App.Access.Pause(ctx, app.Actor(), a.ID, w.Clock.Now().Add(24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(23 * time.Hour)
		if _, err := w.App.Access.ResumeDue(ctx); err != nil {
			t.Fatal(err)
		}
		_, err = c.SignIn(ctx, attempt(name, apptest.Password, false))
		code(t, err, "account_paused")
		w.Clock.Advance(time.Hour)
		if _, err := w.App.Access.ResumeDue(ctx); err != nil {
			t.Fatal(err)
		}
		w.SignIn(name)
	})
}

// The mailed link ends a pause once, and the answer to asking for it is the same
// for everybody.
func TestTheLinkThatEndsAPause(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			links := map[string][]string{}
			w := apptest.New(t, engine, func(_ *config.Config, world *app.World) {
				world.Send = func(_ context.Context, n delivery.Notice) error {
					if n.Kind == "account_resume_link" {
						_, token, _ := strings.Cut(n.Args["link"], "#")
						links[n.Address] = append(links[n.Address], token)
					}
					return nil
				}
			})
			server := httptest.NewServer(w.App.Handler())
			defer server.Close()
			ctx, c := t.Context(), client.New(server.URL, client.Options{})
			a, name := w.Person()
			active, activeName := w.Person()
			if _, err := w.App.Access.Pause(ctx, app.Actor(), a.ID, time.Time{}); err != nil {
				t.Fatal(err)
			}
			for _, who := range []string{name, activeName, "nobody-at-all", "@"} {
				_, err := c.SendResumeLink(ctx, who)
				code(t, err, "")
				_, err = c.SendResumeLink(ctx, who)
				code(t, err, "too_many_codes")
			}
			for _, whose := range []string{a.ID, active.ID} {
				sent, err := w.App.Accounts.Notices(ctx, whose)
				w.Must(err)
				for _, n := range sent {
					_, err := w.App.Outbox.Deliver(ctx, n.ID)
					w.Must(err)
				}
			}
			if len(links) != 1 || len(links[a.Address()]) != 1 {
				t.Fatalf("links went out to %d people, %d of them to the right one", len(links), len(links[a.Address()]))
			}
			token := links[a.Address()][0]
			code(t, c.ResumeByLink(ctx, "sol_made-up"), "code_wrong")
			w.Must(w.App.Access.SetFlags(ctx, app.Actor(), a.ID, true, false))
			code(t, c.ResumeByLink(ctx, token), "account_blocked")
			w.Must(w.App.Access.SetFlags(ctx, app.Actor(), a.ID, false, false))
			code(t, c.ResumeByLink(ctx, token), "")
			code(t, c.ResumeByLink(ctx, token), "code_wrong")
			w.SignIn(name)
		})
	}
}
