package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// enters signs somebody in on a kind of device.
func enters(w *apptest.World, name, kind string) (access.SignedIn, error) {
	return w.App.Access.SignIn(w.T.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: kind}, App: "test"})
}

// full says whether a setting of 1 lets a second sign-in on one of these kinds in
// beside the first, and a second one on no other kind.
func full(first, second, other string) func(*apptest.World) string {
	return func(w *apptest.World) string {
		_, name := w.Person()
		if _, err := enters(w, name, first); err != nil {
			return "the first sign-in: " + err.Error()
		}
		if _, err := enters(w, name, second); !fault.Is(err, "session_limit_reached") {
			return "one too many is let in"
		}
		if other == "" {
			return ""
		}
		if _, err := enters(w, name, other); err != nil {
			return "a " + other + ": " + err.Error()
		}
		return ""
	}
}

// over says whether sessions on one of these kinds, and on no other, end within
// the hour.
func over(kind, other string) func(*apptest.World) string {
	return func(w *apptest.World) string {
		_, name := w.Person()
		in, err := enters(w, name, kind)
		w.Must(err)
		var stays access.SignedIn
		if other != "" {
			stays, err = enters(w, name, other)
			w.Must(err)
		}
		w.Clock.Advance(time.Hour + w.Config.Session.ActivityLag + time.Second)
		if other != "" && !w.Alive(stays.Token) {
			return "a session on a " + other + " ended"
		}
		if w.Alive(in.Token) {
			return "it lives on"
		}
		return ""
	}
}

// stale says whether the proof that lies in signing in is too old after a minute.
func stale(w *apptest.World) string {
	_, name := w.Person()
	in := w.SignIn(name)
	if err := w.App.Access.MustBeFresh(in.Session); err != nil {
		return "at once: " + err.Error()
	}
	w.Clock.Advance(time.Minute + time.Second)
	if w.App.Access.MustBeFresh(in.Session) == nil {
		return "it is fresh for longer"
	}
	return ""
}

// away says whether who was seen two minutes ago is online no more.
func away(w *apptest.World) string {
	_, name := w.Person()
	w.SignIn(name)
	for _, want := range []int{1, 0} {
		c, err := w.App.Sessions.CountEverywhere(w.T.Context())
		w.Must(err)
		if c.People != want {
			return fmt.Sprintf("%d people are online, want %d", c.People, want)
		}
		w.Clock.Advance(2*time.Minute + time.Second)
	}
	return ""
}

// Every setting of sessions reaches what it is for, all the way from the settings
// as an operator writes them; for two of them the tests that are named show it.
func TestEverySettingOfSessionsTakesEffect(t *testing.T) {
	elsewhere := map[string]string{
		"session.at_limit":     "TestASignInBeyondTheLimitCanBeRefused",
		"session.activity_lag": "TestAnIdleSessionEndsAtMostOneLagLate",
	}
	rows := map[string]struct {
		value  string
		wrong  func(*apptest.World) string
		beside map[string]string
	}{
		"session.limit":            {"1", full(session.Desktop, session.Phone, ""), nil},
		"session.limit_desktop":    {"1", full(session.Desktop, session.Desktop, session.Phone), nil},
		"session.limit_phone":      {"1", full(session.Phone, session.Phone, session.Tablet), nil},
		"session.limit_tablet":     {"1", full(session.Tablet, session.Tablet, session.Desktop), nil},
		"session.absolute_ttl":     {"1h", over(session.Desktop, ""), map[string]string{"session.idle_ttl": "0"}},
		"session.idle_ttl":         {"1h", over(session.Desktop, ""), nil},
		"session.idle_ttl_desktop": {"1h", over(session.Desktop, session.Phone), nil},
		"session.idle_ttl_phone":   {"1h", over(session.Phone, session.Tablet), nil},
		"session.idle_ttl_tablet":  {"1h", over(session.Tablet, session.Desktop), nil},
		"session.proof_age":        {"1m", stale, nil},
		"session.presence_window":  {"2m", away, nil},
	}
	for _, k := range config.Keys() {
		if !strings.HasPrefix(k.Name, "session.") || elsewhere[k.Name] != "" {
			continue
		}
		row, ok := rows[k.Name]
		if !ok {
			t.Errorf("%s has no row here: say what it does", k.Name)
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			flags := map[string]string{"session.at_limit": "refuse", k.Name: row.value}
			for name, value := range row.beside {
				flags[name] = value
			}
			set, err := config.Load(config.Sources{Flags: flags})
			if err != nil {
				t.Fatal(err)
			}
			w := apptest.New(t, "sqlite", func(c *config.Config, _ *app.World) { c.Session = set.Session })
			if wrong := row.wrong(w); wrong != "" {
				t.Error(wrong)
			}
		})
	}
}
