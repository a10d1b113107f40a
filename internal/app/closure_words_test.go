package app_test

import (
	"net/netip"
	"regexp"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
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
