package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/store"
)

// during runs what in a transaction of its own and, before that commits, lets
// other begin, which may have to wait for it. It gives other's error.
func during(w *apptest.World, what func(tx *store.Tx) error, other func() error) error {
	w.T.Helper()
	done := make(chan error, 1)
	w.Must(w.App.DB.Update(w.T.Context(), func(tx *store.Tx) error {
		if err := what(tx); err != nil {
			return err
		}
		go func() { done <- other() }()
		select {
		case err := <-done: // it did not have to wait
			done <- err
		case <-time.After(200 * time.Millisecond):
		}
		return nil
	}))
	return <-done
}

// inside gives the closures' service whose every commit is a part of tx.
func inside(w *apptest.World, tx *store.Tx) *closure.Service {
	s := *w.App.Closures
	s.InTx = func(_ context.Context, fn func(closure.Tx) error) error { return fn(tx) }
	return &s
}

// A waker that waited for a withdrawal must not give what has ended a time to
// wake again: it would be woken for ever.
func TestAWakerThatWaitedLeavesAloneWhatHasEnded(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, cooled)
		a, _ := w.Person()
		c := w.Confirm(a, cooled.name).Closure
		w.Clock.Advance(15 * day)
		w.Must(during(w, func(tx *store.Tx) error {
			_, err := inside(w, tx).Withdraw(t.Context(), a.ID, c.ID)
			return err
		}, func() error { _, err := w.App.Closures.Wake(t.Context()); return err }))
		trails(w, "")[a.ID].lawful(t)
		w.Clock.Advance(time.Hour)
		if n, err := w.App.Closures.Wake(t.Context()); err != nil || n != 0 {
			t.Errorf("woke %d (%v), want nothing", n, err)
		}
	})
}

// What is read at once was true at once, on both engines.
func TestAReaderSeesOnePicture(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, cooled)
		a, _ := w.Person()
		c := w.Confirm(a, cooled.name).Closure
		w.Must(w.App.DB.View(t.Context(), func(tx *store.Tx) error {
			seen, err := tx.Closure(t.Context(), c.ID)
			w.Must(err)
			_, err = w.App.Closures.Withdraw(t.Context(), a.ID, c.ID)
			w.Must(err)
			happened, err := tx.Happenings(t.Context(), c.ID)
			w.Must(err)
			if late := func(h closure.Happening) bool { return h.Event == "withdrawn" }; seen.State == closure.CoolingOff && slices.ContainsFunc(happened, late) {
				t.Error("the timeline is newer than the state")
			}
			return nil
		}))
	})
}

func TestAReaderCannotWrite(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		err := w.App.DB.View(t.Context(), func(tx *store.Tx) error { return tx.SetFact(t.Context(), "a", "b") })
		if err == nil {
			t.Error("a write while reading went through")
		}
	})
}
