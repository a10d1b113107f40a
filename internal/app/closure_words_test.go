package app_test

import (
	"net/netip"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// named is the file of a policy in which every text says its own name.
func named(r rules) []byte {
	return regexp.MustCompile(`(?m)^  (\w+): \{zh-CN: 文, en: text\}$`).ReplaceAll([]byte(r.file()), []byte(`  $1: {zh-CN: 文, en: $1}`))
}

// Where a closure stands, the person reads the policy's words for just that.
func TestAClosureSaysWhatThePolicySaysOfWhereItStands(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		reviewer, _ := w.Person()
		for _, r := range []rules{careful, cooled} {
			_, err := w.App.Closures.InstallPolicy(ctx, app.Actor(), named(r))
			w.Must(err)
		}
		says := func(where, id, want string) {
			t.Helper()
			v, err := w.App.Closures.Get(ctx, id, "")
			w.Must(err)
			if got := v.Message()[language.English]; got != want {
				t.Errorf("%s, %s: it says %q, want %q", where, v.State, got, want)
			}
		}
		begun := func(r rules) (identity.Account, string, closure.Closure) {
			a, name := w.Person()
			c, _, err := w.App.Closures.Request(ctx, a.ID, r.name, "")
			w.Must(err)
			says("asked for", c.ID, "confirm")
			_, err = w.App.Access.ConfirmClosure(ctx, session.Session{Account: a.ID}, c.ID, apptest.Password, netip.Addr{})
			w.Must(err)
			says("confirmed", c.ID, "requested")
			return a, name, c
		}
		approve := func(c closure.Closure) {
			_, err := w.App.Closures.Approve(ctx, actor("reviewer", reviewer.ID), c.ID)
			w.Must(err)
		}
		_, _, c := begun(careful)
		approve(c)
		says("approved", c.ID, "approved")
		w.Clock.Advance(10 * day)
		w.Must(w.App.Closures.Step(ctx, c.ID))
		w.Drain(c.ID)
		says("at the end", c.ID, "closed")

		_, _, c = begun(careful)
		_, err := w.App.Closures.Reject(ctx, actor("reviewer", reviewer.ID), c.ID, "no")
		w.Must(err)
		says("rejected", c.ID, "rejected")

		a, _, c := begun(careful)
		_, err = w.App.Accounts.AddArrear(ctx, app.Actor(), identity.Arrear{Account: a.ID, Currency: "CNY", Amount: 1})
		w.Must(err)
		approve(c)
		says("refused", c.ID, "refused")

		a, _, c = begun(cooled)
		_, err = w.App.Closures.Withdraw(ctx, a.ID, c.ID)
		w.Must(err)
		says("withdrawn", c.ID, "withdrawn")

		_, name, c := begun(cooled)
		w.SignIn(name)
		says("withdrawn by signing in", c.ID, "withdrawn_by_sign_in")
	})
}

// A closure keeps the language of its account and who takes over.
func TestARequestKeepsWhatItWasGiven(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		install(w, atOnce)
		me, _ := w.Person()
		colleague, _ := w.Person()
		resting, _ := w.Person()
		stranger, _ := w.Person()
		w.Organisation(org.Ordinary, me, colleague, resting)
		w.Must(second(w.App.Access.Pause(ctx, app.Actor(), resting.ID, time.Time{})))
		for _, refused := range []string{me.ID, resting.ID, stranger.ID, "nobody"} {
			if _, _, err := w.App.Closures.Request(ctx, me.ID, atOnce.name, refused); !fault.Is(err, "validation_failed") {
				t.Errorf("a successor who cannot be one: %v", err)
			}
		}
		asked, _, err := w.App.Closures.Request(ctx, me.ID, atOnce.name, colleague.ID)
		w.Must(err)
		kept, err := w.App.Closures.Get(ctx, asked.ID, me.ID)
		w.Must(err)
		if kept.Successor != colleague.ID || kept.Locale != me.Locale || kept.Account != me.ID || kept.State != closure.Requested || kept.RequestedAt.IsZero() {
			t.Errorf("kept %+v", kept.Closure)
		}
	})
}

// What is installed twice is there once, and the log tells of it once.
func TestInstallingAgainChangesNothing(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		year := []byte("country: cn\nyear: 2031\nsource: a try\nholidays: [2031-01-01]\n")
		for range 2 {
			_, err := w.App.Closures.InstallPolicy(ctx, app.Actor(), []byte(cooled.file()))
			w.Must(err)
			_, err = w.App.Closures.UploadYear(ctx, app.Actor(), year)
			w.Must(err)
		}
		for _, action := range []string{"policy.installed", "calendar.uploaded"} {
			if n := w.Entries(action, ""); n != 1 {
				t.Errorf("%s: %d entries", action, n)
			}
		}
	})
}

// What presses most comes first, reviews and erasures together.
func TestWhatPressesMostComesFirst(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		install(w, atOnce, reviewed)
		var want []string
		for _, r := range []rules{reviewed, atOnce, reviewed} { // thirty days for an erasure, two for a review
			a, _ := w.Person()
			want = append(want, w.Confirm(a, r.name).Closure.ID)
			w.Clock.Advance(time.Hour)
		}
		want[1], want[2] = want[2], want[1]
		for limit := range 4 {
			all, err := w.App.Closures.Pressing(ctx, w.Clock.Now().Add(60*day), limit)
			w.Must(err)
			var got []string
			for _, c := range all {
				got = append(got, c.ID)
			}
			if !slices.Equal(got, want[:limit]) {
				t.Errorf("%d of them: %q, want %q", limit, got, want[:limit])
			}
		}
		if soon, err := w.App.Closures.Pressing(ctx, w.Clock.Now().Add(5*day), 10); err != nil || len(soon) != 2 {
			t.Errorf("within five days: %d, %v", len(soon), err)
		}
	})
}
