package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/store"
)

// Who watches an organisation hears of each change once, and is sent back to the
// list where so much has changed that telling it is of no use.
func TestAWatcherHearsOfEachChangeOnce(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		o := newOffice(w)
		a, name := o.worker("")
		before := o.on(name, session.Desktop)
		w.Clock.Advance(time.Minute)
		watch := w.App.Sessions.Watch(o.o.ID)
		next := func() []session.Change {
			t.Helper()
			changes, err := watch.Next(ctx, o.admin)
			w.Must(err)
			return changes
		}
		if got := next(); len(got) != 0 {
			t.Errorf("told of what was before: %+v", got)
		}
		one, two := o.on(name, session.Phone), o.on(name, session.Tablet)
		if got := next(); len(got) != 1 || got[0].Account != a || got[0].Online == nil || len(got[0].Online.Devices) != 3 || got[0].Everything {
			t.Errorf("two sign-ins of one person: %+v", got)
		}
		for _, pause := range []time.Duration{0, time.Second, 5 * time.Second, time.Minute} {
			w.Clock.Advance(pause)
			if got := next(); len(got) != 0 {
				t.Errorf("told again after %s: %+v", pause, got)
			}
		}
		for _, in := range []string{before.Session.ID, one.Session.ID, two.Session.ID} {
			w.Must(second(w.App.Sessions.SignOutOwn(ctx, a, session.Own{Session: in})))
		}
		if got := next(); len(got) != 1 || got[0].Account != a || got[0].Online != nil {
			t.Errorf("the last sign-out: %+v", got)
		}
		// What commits late is seen late, by the time that it began.
		w.Clock.Advance(time.Minute)
		next()
		o.on(name, session.Phone)
		w.Clock.Advance(8 * time.Second)
		if got := next(); len(got) != 1 {
			t.Errorf("a sign-in of eight seconds ago: %+v", got)
		}
		_, err := w.App.Sessions.Force(ctx, actor("operator", "somebody"), session.Order{Scope: session.Organisation, Organisation: o.o.ID, Reason: "an alarm"})
		w.Must(err)
		if got := next(); len(got) != 1 || !got[0].Everything || got[0].Account != "" {
			t.Errorf("everybody's sign-out: %+v", got)
		}
		if got := next(); len(got) != 0 {
			t.Errorf("told again: %+v", got)
		}
	})
}

// Beyond five hundred events the list is read again, and after it only what is new
// is told.
func TestAWatcherWhoIsFarBehindReadsTheListAgain(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		o := newOffice(w)
		a, name := o.worker("")
		watch := w.App.Sessions.Watch(o.o.ID)
		for range 501 {
			w.Must(begin(w, a, session.Device{Kind: session.Phone}))
		}
		got, err := watch.Next(ctx, o.admin)
		w.Must(err)
		if len(got) != 1 || !got[0].Everything {
			t.Fatalf("%d changes", len(got))
		}
		w.Clock.Advance(time.Minute)
		o.on(name, session.Phone)
		if got, err = watch.Next(ctx, o.admin); err != nil || len(got) != 1 || got[0].Everything || got[0].Account != a {
			t.Errorf("afterwards: %+v, %v", got, err)
		}
	})
}

// begin begins a session without the price of a password's check.
func begin(w *apptest.World, account string, on session.Device) error {
	w.T.Helper()
	return w.App.DB.Update(w.T.Context(), func(tx *store.Tx) error {
		w.Must(tx.LockAccount(w.T.Context(), account))
		_, err := w.App.Sessions.Start(w.T.Context(), tx, session.Beginning{Account: account, Device: on, App: "test"}, w.Clock.Now())
		return err
	})
}
