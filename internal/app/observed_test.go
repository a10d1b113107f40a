package app_test

import (
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
)

// The figures count a sign-out by its scope when it is done: not one that failed,
// nor one that waits.
func TestASignOutIsCountedWhenItIsDone(t *testing.T) {
	onBoth(t, fromTwo, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		var counted []string
		w.App.Sessions.Observe = func(scope string) { counted = append(counted, scope) }
		p := newDuty(w)
		for _, c := range []struct {
			name string
			do   func() error
			want []string
		}{
			{"that waits", func() error { return second(w.App.Sessions.Force(ctx, p.one, p.order())) }, nil},
			{"of several, that waits", func() error {
				_, _, err := w.App.Sessions.ForceEach(ctx, p.one, session.Several{Organisation: p.o.ID, Accounts: []string{p.victim}, Reason: "x"})
				return err
			}, nil},
			{"approved", func() error {
				done, err := w.App.Sessions.Force(ctx, p.one, p.order())
				w.Must(err)
				_, _, err = w.App.Sessions.Approve(ctx, p.two, done.Waiting.ID)
				return err
			}, []string{"account"}},
			{"ordered", func() error { return second(w.App.Sessions.Force(ctx, p.one, p.order())) }, []string{"account"}},
			{"of several", func() error {
				_, _, err := w.App.Sessions.ForceEach(ctx, p.one, session.Several{Organisation: p.o.ID, Accounts: []string{p.victim}, Reason: "x"})
				return err
			}, []string{"account"}},
			{"of the own", func() error { return second(w.App.Sessions.SignOutAll(ctx, p.victim, "", "")) }, []string{"account"}},
			{"of nobody", func() error {
				if _, err := w.App.Sessions.Force(ctx, p.one, session.Order{Scope: session.OnePerson, Organisation: p.o.ID, Target: "nobody", Reason: "x"}); err == nil {
					t.Error("nobody was signed out")
				}
				return nil
			}, nil},
		} {
			counted = nil
			w.Must(c.do())
			if !slices.Equal(counted, c.want) {
				t.Errorf("a sign-out %s is counted as %q, want %q", c.name, counted, c.want)
			}
		}
		w.App.Sessions.Observe = nil // nobody counts
		w.Must(second(w.App.Sessions.SignOutAll(ctx, p.victim, "", "")))
	})
}
