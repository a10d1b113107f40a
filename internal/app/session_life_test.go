package app_test

import (
	"context"
	"net/netip"
	"os"
	"path/filepath"
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
	"github.com/signoff-id/signoff/internal/store"
)

// onBoth runs a test on both engines with settings of its own.
func onBoth(t *testing.T, set func(*config.Config), test func(t *testing.T, w *apptest.World)) {
	t.Helper()
	for _, e := range apptest.Engines {
		t.Run(e, func(t *testing.T) { test(t, apptest.New(t, e, func(c *config.Config, _ *app.World) { set(c) })) })
	}
}

func idleAfter(d time.Duration) func(*config.Config) {
	return func(c *config.Config) { c.Session.IdleTTL, c.Session.ActivityLag = d, 30*time.Second }
}

// endings gives the events of ended sessions since an instant.
func endings(w *apptest.World, since time.Time) (all []signal.Event) {
	w.T.Helper()
	w.Must(w.App.DB.View(w.T.Context(), func(tx *store.Tx) error {
		events, err := tx.EventsSince(w.T.Context(), since, 1000)
		all = slices.DeleteFunc(events, func(e signal.Event) bool { return e.Kind != signal.SessionsEnded })
		return err
	}))
	return all
}

func sweep(w *apptest.World) int {
	w.T.Helper()
	n, err := w.App.Sessions.Sweep(w.T.Context())
	w.Must(err)
	return n
}

func TestAnIdleSessionEndsAndOneInUseDoesNot(t *testing.T) {
	onBoth(t, idleAfter(time.Hour), func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		used, idle := w.SignIn(name), w.SignIn(name)
		// A second process, which never hears of what the first one has in memory.
		other, err := app.Open(t.Context(), w.Config, w.World)
		w.Must(err)
		defer other.Close()
		elsewhere := func(token string) bool {
			_, err := other.Sessions.Check(t.Context(), token)
			return err == nil
		}
		since := w.Clock.Now()
		for range 3 {
			w.Clock.Advance(59 * time.Minute)
			if !w.Alive(used.Token) {
				t.Fatal("a session in use ended for being idle")
			}
			// What is not written yet is written at most so much later.
			w.Clock.Advance(25 * time.Second)
			w.Must(w.App.Sessions.Flush(t.Context()))
			if !elsewhere(used.Token) {
				t.Fatal("another process ended a session that is in use here")
			}
		}
		if w.Alive(idle.Token) || elsewhere(idle.Token) {
			t.Error("an idle session lives")
		}
		if n := sweep(w); n != 1 {
			t.Errorf("swept %d, want 1", n)
		}
		if n := sweep(w); n != 0 {
			t.Errorf("swept %d again", n)
		}
		all := endings(w, since)
		if len(all) != 1 || all[0].Object != idle.Session.ID || all[0].Cause != string(session.ByIdling) || all[0].Initiator != "policy" {
			t.Errorf("published %+v", all)
		}
		if n := w.Entries("sessions.ended", a.ID); n != 1 {
			t.Errorf("%d audit entries, want 1", n)
		}
		// Nothing keeps it alive but its own use: a look does not.
		w.Clock.Advance(50 * time.Minute)
		if _, err := w.App.Sessions.Look(t.Context(), used.Token); err != nil {
			t.Fatal(err)
		}
		w.Must(w.App.Sessions.Flush(t.Context()))
		w.Clock.Advance(11*time.Minute + 30*time.Second)
		if w.Alive(used.Token) {
			t.Error("looking at a session kept it alive")
		}
	})
}

// The tolerance: exactly idle_ttl and activity_lag after it was last seen.
func TestAnIdleSessionEndsAtMostOneLagLate(t *testing.T) {
	onBoth(t, idleAfter(time.Hour), func(t *testing.T, w *apptest.World) {
		_, name := w.Person()
		in := w.SignIn(name)
		look := func() bool { _, err := w.App.Sessions.Look(t.Context(), in.Token); return err == nil }
		w.Clock.Advance(time.Hour + 29*time.Second)
		if !look() {
			t.Error("it ended before the lag was over")
		}
		w.Clock.Advance(2 * time.Second)
		if look() {
			t.Error("it lives on after the lag")
		}
	})
}

func TestWhatWasSeenSurvivesARestartAndAFailure(t *testing.T) {
	onBoth(t, idleAfter(time.Hour), func(t *testing.T, w *apptest.World) {
		_, name := w.Person()
		in := w.SignIn(name)
		w.Clock.Advance(50 * time.Minute)
		w.Alive(in.Token)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := w.App.Sessions.Flush(gone); err == nil {
			t.Fatal("a flush without a database succeeded")
		}
		loops, err := w.App.StartLoops(context.WithoutCancel(t.Context()), apptest.Pace())
		w.Must(err)
		w.Must(loops.Stop(context.WithoutCancel(t.Context()))) // writes what is left
		w.Restart()
		w.Clock.Advance(50 * time.Minute)
		if !w.Alive(in.Token) {
			t.Error("what was seen before a stop was lost")
		}
	})
}

func TestASessionExpiresWithATrail(t *testing.T) {
	onBoth(t, func(c *config.Config) { c.Session.AbsoluteTTL, c.Session.IdleTTL = 24*time.Hour, 0 }, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		in := w.SignIn(name)
		since := w.Clock.Now()
		w.Clock.Advance(23 * time.Hour)
		if sweep(w) != 0 || !w.Alive(in.Token) {
			t.Fatal("it ended early")
		}
		w.Clock.Advance(time.Hour)
		if w.Alive(in.Token) {
			t.Fatal("it lives on")
		}
		if sweep(w) != 1 {
			t.Error("it was not swept")
		}
		if all := endings(w, since); len(all) != 1 || all[0].Cause != string(session.ByExpiry) || all[0].Account != a.ID {
			t.Errorf("published %+v", all)
		}
	})
}

// What a mark ended was told then: it gets its row, and no second event.
func TestASweepSaysNothingOfWhatAMarkEnded(t *testing.T) {
	onBoth(t, idleAfter(time.Hour), func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		w.SignIn(name)
		o := w.Organisation(org.Ordinary, a)
		_, err := w.App.Sessions.Force(t.Context(), app.Actor(), session.Order{Scope: session.Organisation, Organisation: o.ID, Reason: "drill"})
		w.Must(err)
		since := w.Clock.Now()
		w.Clock.Advance(2 * time.Hour)
		if n := sweep(w); n != 0 {
			t.Errorf("swept %d, want none", n)
		}
		if all := endings(w, since); len(all) != 0 {
			t.Errorf("published %+v", all)
		}
		var open int
		w.Must(w.App.DB.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM sessions WHERE account_id = $1 AND ended_at IS NULL`, a.ID).Scan(&open))
		if open != 0 {
			t.Error("its row says that it lives")
		}
	})
}

func TestTheOldestSessionMakesRoom(t *testing.T) {
	onBoth(t, func(c *config.Config) { c.Session.Limit, c.Session.LimitPhone = 3, 1 }, func(t *testing.T, w *apptest.World) {
		_, name := w.Person()
		enter := func(kind string) string {
			in, err := w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: kind}, App: "test"})
			w.Must(err)
			return in.Token
		}
		desk, phone := enter(session.Desktop), enter(session.Phone)
		since := w.Clock.Now()
		phone2 := enter(session.Phone)
		if w.Alive(phone) || !w.Alive(desk) || !w.Alive(phone2) {
			t.Fatal("the second phone must end the first and nothing else")
		}
		tablet := enter(session.Tablet)
		desk2 := enter(session.Desktop)
		for token, want := range map[string]bool{desk: false, phone2: true, tablet: true, desk2: true} {
			if w.Alive(token) != want {
				t.Errorf("alive: %v", !want)
			}
		}
		if all := endings(w, since); len(all) != 2 || all[0].Cause != string(session.ByLimit) || all[0].Initiator != "policy" {
			t.Errorf("published %+v", all)
		}
	})
}

func TestASignInBeyondTheLimitCanBeRefused(t *testing.T) {
	set := func(c *config.Config) { c.Session.Limit, c.Session.AtLimit = 2, "refuse" }
	onBoth(t, set, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		first := w.SignIn(name)
		w.SignIn(name)
		_, err := w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: session.Phone}, App: "test"})
		if !fault.Is(err, "session_limit_reached") {
			t.Fatalf("got %v", err)
		}
		_, err = w.App.Sessions.SignOut(t.Context(), a.ID, first.Session.ID)
		w.Must(err)
		w.SignIn(name)
	})
}

func TestAPlaceIsKeptAndTheAddressIsNot(t *testing.T) {
	ranges := filepath.Join(t.TempDir(), "ranges.csv")
	write := func(text string) {
		if err := os.WriteFile(ranges, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set := func(c *config.Config) {
		write("203.0.113.0/24,上海,Shanghai\n")
		c.IPRangesFile = ranges
	}
	onBoth(t, set, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		at := func() session.Session {
			in, err := w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password, Address: netip.MustParseAddr("203.0.113.77"),
				Device: session.Device{Kind: session.Phone, Key: "install-key-1", System: "Android 14", Client: "Chrome 124"}, App: "test"})
			w.Must(err)
			return in.Session
		}
		one := at()
		write("203.0.113.0/24,苏州,Suzhou\n203.0.114.0/24,无锡,Wuxi\n")
		if changed, err := w.App.Places.Refresh(); !changed || err != nil {
			t.Fatal(changed, err)
		}
		two := at()
		write("203.0.113.0/24\n")
		if _, err := w.App.Places.Refresh(); fault.Of(err).Code != "ip_ranges_invalid" {
			t.Fatalf("a wrong file: %v", err)
		}
		if changed, err := w.App.Places.Refresh(); changed || err != nil {
			t.Errorf("the same wrong file again: %v, %v", changed, err)
		}
		all, err := w.App.Sessions.List(t.Context(), a.ID)
		w.Must(err)
		if len(all) != 2 || all[1].Place.EN != "Shanghai" || all[0].Place.ZH != "苏州" || all[0].Device.System != "Android 14" || all[0].Device.Client != "Chrome 124" {
			t.Errorf("listed %+v", all)
		}
		if one.Device.ID != two.Device.ID || all[0].Device.ID != one.Device.ID || one.Device.Key != "" {
			t.Error("sessions with one device key are one device")
		}
		nowhere(t, w, "", "203.0.113.77", "install-key-1", "Shanghai", "上海", "Android 14")
	})
}
