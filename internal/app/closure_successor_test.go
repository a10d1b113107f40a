package app_test

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// listener is a shelf that remembers whom it was asked about last.
type listener struct {
	*shelf
	last holder.Task
}

func (l *listener) Erase(ctx context.Context, t holder.Task) (holder.Receipt, error) {
	l.last = t
	return l.shelf.Erase(ctx, t)
}

// Data holders learn who takes over, as they know people; nobody, when the
// successor's own end has begun meanwhile.
func TestAHolderLearnsWhoTakesOver(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			h := &listener{shelf: newShelf("shelf")}
			w := apptest.New(t, engine, withHolders(t, h))
			install(w, cooled, atOnce)
			for _, leaves := range []bool{false, true} {
				me, name := w.Person()
				colleague, hers := w.Person()
				w.Organisation(org.Ordinary, me, colleague)
				asked, _, err := w.App.Closures.Request(t.Context(), me.ID, cooled.name, colleague.ID)
				w.Must(err)
				w.Must(confirmed(w, me.ID, asked.ID))
				if leaves {
					w.Confirm(colleague, atOnce.name)
				}
				w.Clock.Advance(15*day + time.Minute)
				v := w.Drain(asked.ID)
				who := h.last.Subject
				if who.Account != me.ID || who.Pseudonym != v.Pseudonym || !h.last.At.Equal(v.ErasingAt) || h.last.Key != asked.ID+"/shelf" {
					t.Errorf("asked about %+v at %s", who.Account, h.last.At)
				}
				if got := who.Identifiers["email"]; len(got) != 1 || got[0] != name+"@example.com" {
					t.Errorf("the holder knows the person by %q", got)
				}
				switch s := who.Successor; {
				case leaves && s != nil:
					t.Error("it was handed to somebody who leaves, too")
				case !leaves && (s == nil || s.Account != colleague.ID || len(s.Identifiers["email"]) != 1 || s.Identifiers["email"][0] != hers+"@example.com"):
					t.Errorf("the successor is %v", s)
				}
			}
		})
	}
}

// confirmed confirms a closure that was asked for.
func confirmed(w *apptest.World, account, closure string) error {
	w.T.Helper()
	_, err := w.App.Access.ConfirmClosure(w.T.Context(), session.Session{Account: account}, closure, apptest.Password, netip.Addr{})
	return err
}
