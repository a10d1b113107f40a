package app_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/signal"
)

// letter takes the notice of a kind that waits for an account.
func letter(w *apptest.World, account, kind string) signal.Notice {
	w.T.Helper()
	all := w.Letters(account)
	at := slices.IndexFunc(all, func(n signal.Notice) bool { return n.Kind == kind })
	if at < 0 {
		w.T.Fatalf("no notice %s among %d", kind, len(all))
	}
	return all[at]
}

// Whoever closes the account is told how long there is to think again, with the
// link that needs no sign-in, and at the end by what certificate it was done; in
// the language of the account.
func TestWhatAClosuresNoticesSay(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, cooled, atOnce)
		for _, r := range []rules{cooled, atOnce} {
			a, name := w.Person()
			begun := w.Clock.Now()
			c := w.Confirm(a, r.name)
			first := letter(w, a.ID, signal.ClosureRequested)
			if first.Locale != a.Locale || first.Args["days"] != strconv.Itoa(r.days) || c.StatusToken == "" || !strings.HasSuffix(first.Args["link"], c.StatusToken) ||
				first.Address != name+"@example.com" || !first.CreatedAt.After(begun) {
				t.Errorf("%s: first told %+v", r.name, first)
			}
			w.Clock.Advance(30 * day)
			done := w.Drain(c.Closure.ID)
			last := letter(w, a.ID, signal.ClosureClosed)
			if last.Locale != a.Locale || last.Args["certificate"] != done.Certificate || done.Certificate == "" || last.ID == "" ||
				last.Address != name+"@example.com" || !last.CreatedAt.Equal(done.EndedAt) {
				t.Errorf("%s: told at the end %+v", r.name, last)
			}
		}
	})
}
