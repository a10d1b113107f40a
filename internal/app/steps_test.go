package app_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// withApp gives an account an authenticator app, which ends all its sessions:
// whoever signs in then is asked for a code.
func withApp(w *apptest.World, account string) (code func() string, err error) {
	w.T.Helper()
	begun, err := w.App.Access.BeginTOTP(w.T.Context(), account, "")
	w.Must(err)
	code = func() string {
		w.Clock.Advance(time.Minute)
		c, err := totp.GenerateCode(begun.Secret, w.Clock.Now())
		w.Must(err)
		return c
	}
	_, err = w.App.Access.ConfirmTOTP(w.T.Context(), session.Session{Account: account}, begun.ID, code())
	return code, err
}

// reset sets another password by a link.
func reset(w *apptest.World, account string) error {
	link, _, err := w.App.Access.MakeResetLink(w.T.Context(), app.Actor(), account)
	w.Must(err)
	_, token, _ := strings.Cut(link, "#")
	return w.App.Access.ResetPassword(w.T.Context(), token, "another good passphrase", netip.Addr{})
}

// Whatever ends all of somebody's sessions ends a sign-in that is half done: its
// second factor comes too late.
func TestEveryCauseEndsHalfSignIns(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		organisations := map[string]string{}
		for what, do := range map[string]func(account string) error{
			"sign-out": func(a string) error { return second(w.App.Sessions.SignOutAll(ctx, a, "", "")) },
			"an admin": func(a string) error {
				return second(w.App.Sessions.Force(ctx, app.Actor(), session.Order{Scope: session.OnePerson, Target: a, Reason: "lost"}))
			},
			"an organisation's sign-out": func(a string) error {
				return second(w.App.Sessions.Force(ctx, app.Actor(), session.Order{Scope: session.Organisation, Organisation: organisations[a], Reason: "lost"}))
			},
			"another password": func(a string) error {
				return w.App.Access.SetPassword(ctx, app.Actor(), a, "another good passphrase")
			},
			"a reset": func(a string) error { return reset(w, a) },
			"another factor": func(a string) error {
				all, err := w.App.Access.Factors(ctx, a)
				w.Must(err)
				return w.App.Access.RemoveFactor(ctx, app.Actor(), a, all.Factors[0].ID, "")
			},
			"a flag":  func(a string) error { return w.App.Access.SetFlags(ctx, app.Actor(), a, true, false) },
			"a pause": func(a string) error { return second(w.App.Access.Pause(ctx, app.Actor(), a, time.Time{})) },
			"a removal": func(a string) error {
				return w.App.Access.RemoveMember(ctx, app.Actor(), organisations[a], a, "")
			},
			"a closure": func(a string) error {
				acc, err := w.App.Accounts.Get(ctx, a)
				w.Must(err)
				w.Confirm(acc, "wecom")
				return nil
			},
		} {
			a, name := w.Person()
			organisations[a.ID] = w.Organisation(org.Ordinary, a).ID
			code, err := withApp(w, a.ID)
			w.Must(err)
			half := w.SignIn(name)
			w.Must(do(a.ID))
			if _, err := w.App.Access.SecondFactor(ctx, half.Pending.Token, access.Answer{Code: code()}, netip.Addr{}); !fault.Is(err, "step_not_valid") {
				t.Errorf("after %s: %v", what, err)
			}
		}
	})
}

// A sign-in that nobody finishes leaves nothing behind of the device that it was
// tried on.
func TestHalfSignInsAreForgotten(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		_, err := withApp(w, a.ID)
		w.Must(err)
		if half := w.SignIn(name); half.Pending == nil {
			t.Fatal("no second factor was asked for")
		}
		if w.Dump()["sign_in_steps"] == "" {
			t.Fatal("no half sign-in is kept")
		}
		w.Clock.Advance(time.Hour)
		w.Serve()
		until(t, "the half sign-in to be forgotten", func() bool { return w.Dump()["sign_in_steps"] == "" })
	})
}
