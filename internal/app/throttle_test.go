package app_test

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// withoutThrottle is for tests about something else that fail very often.
func withoutThrottle(c *config.Config, _ *app.World) {
	c.Guessing = config.Guessing{PerAccount: 1_000_000, AccountBurst: 900_000, PerAddress: 1_000_000, AddressBurst: 900_000}
}

// guess signs in from an address and gives the answer's code, "" for a session.
func guess(w *apptest.World, name, password string, from netip.Addr) string {
	_, err := w.App.Access.SignIn(context.WithoutCancel(w.T.Context()), access.Attempt{Name: name, Password: password, Address: from,
		Device: session.Device{Kind: session.Phone}, App: "test"})
	if err == nil {
		return ""
	}
	return fault.Of(err).Code
}

func v4(n int) netip.Addr { return netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}) }

var home = netip.MustParseAddr("192.0.2.7")

func TestStrangersCannotLockTheOwnerOut(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		_, name := w.Person()
		if got := guess(w, name, apptest.Password, home); got != "" {
			t.Fatal(got)
		}
		for n := range 60 { // each from an address of its own
			guess(w, name, "not the passphrase", v4(n))
		}
		if got := guess(w, name, apptest.Password, v4(61)); got != "too_many_attempts" {
			t.Errorf("a stranger with the right password gets %q", got)
		}
		if got := guess(w, name, apptest.Password, home); got != "" {
			t.Errorf("the owner at home gets %q", got)
		}
		w.Restart()
		if got := guess(w, name, apptest.Password, v4(62)); got != "too_many_attempts" {
			t.Errorf("after a restart a stranger gets %q", got)
		}
		w.Clock.Advance(25 * time.Hour)
		if got := guess(w, name, apptest.Password, v4(61)); got != "" {
			t.Errorf("a day later: %q", got)
		}
	})
}

// One address tries one password at many accounts, in a /64 of its own.
func TestOneAddressGetsOnlySoManyGuesses(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		told := 0
		for n := range 130 {
			from := netip.MustParseAddr(fmt.Sprintf("2001:db8::%x", n+1))
			if guess(w, fmt.Sprintf("nobody%d", n), "not the passphrase", from) == "credentials_wrong" {
				told++
			}
		}
		if told != w.Config.Guessing.AddressBurst {
			t.Errorf("%d guesses were answered, want %d", told, w.Config.Guessing.AddressBurst)
		}
		_, name := w.Person()
		if got := guess(w, name, apptest.Password, netip.MustParseAddr("2001:db8:0:1::1")); got != "" {
			t.Errorf("another network gets %q", got)
		}
	})
}

// However many guess at the same moment, no more are answered than are allowed.
func TestGuessesAtOnceAreBounded(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		_, name := w.Person()
		answers := make([]string, 40)
		var done sync.WaitGroup
		for i := range answers {
			done.Go(func() { answers[i] = guess(w, name, "not the passphrase", v4(i)) })
		}
		done.Wait()
		told := 0
		for _, a := range answers {
			switch a {
			case "credentials_wrong":
				told++
			case "too_many_attempts":
			default:
				t.Errorf("answer %q", a)
			}
		}
		if told != w.Config.Guessing.AccountBurst {
			t.Errorf("%d were answered, want %d", told, w.Config.Guessing.AccountBurst)
		}
	})
}

// Whatever strangers do, and whenever: within any day they learn of no more
// guesses at an account than the limit says, known or unknown, and the owner
// comes in at home.
func TestAnyStrangersAreBounded(t *testing.T) {
	w := apptest.New(t, "sqlite")
	limit := w.Config.Guessing.PerAccount
	rapid.Check(t, func(rt *rapid.T) {
		_, name := w.Person()
		guess(w, name, apptest.Password, home)
		names := []string{name, "no-" + name}
		told := map[string][]time.Time{}
		addresses := rapid.IntRange(1, 40).Draw(rt, "addresses")
		for range rapid.IntRange(20, 120).Draw(rt, "guesses") {
			w.Clock.Advance(time.Duration(rapid.IntRange(0, 3600).Draw(rt, "seconds")) * time.Second)
			from := v4(int(w.Clock.Now().UnixNano()>>10)*64 + rapid.IntRange(0, addresses-1).Draw(rt, "address"))
			whom := rapid.SampledFrom(names).Draw(rt, "whom")
			if guess(w, whom, "not the passphrase", from) == "credentials_wrong" {
				told[whom] = append(told[whom], w.Clock.Now())
			}
		}
		for whom, all := range told {
			for i := range all {
				if i >= limit && all[i].Sub(all[i-limit]) < 24*time.Hour {
					rt.Fatalf("more than %d guesses at %s within a day", limit, whom)
				}
			}
		}
		if got := guess(w, name, apptest.Password, home); got != "" {
			rt.Fatalf("the owner at home gets %q", got)
		}
	})
}

// A name that nobody has costs the same hashes as one that somebody has.
func TestUnknownNamesCostTheSameHashes(t *testing.T) {
	w := apptest.New(t, "sqlite")
	_, name := w.Person()
	guess(w, name, "not the passphrase", home) // the decoy's own hash is made now
	hashes := 0
	w.App.Accounts.Hasher.Observe = func() { hashes++ }
	cost := func(name string) int {
		hashes = 0
		guess(w, name, "not the passphrase", home)
		return hashes
	}
	if known, unknown, none := cost(name), cost("nobody"), cost("@"); known != 1 || unknown != 1 || none != 1 {
		t.Errorf("known %d, unknown %d, what is no name %d", known, unknown, none)
	}
}
