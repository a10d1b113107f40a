package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
)

// An order for which nobody came is shown as expired from that instant on, before
// anything has written it down, and would end nothing any more.
func TestAnOrderIsShownAsExpired(t *testing.T) {
	onBoth(t, fromTwo, func(t *testing.T, w *apptest.World) {
		p := newDuty(w)
		done, err := w.App.Sessions.Force(t.Context(), p.one, p.order())
		w.Must(err)
		for _, want := range []string{session.OrderWaiting, session.OrderExpired} {
			one, would, err := w.App.Sessions.Order(t.Context(), p.two, done.Waiting.ID)
			w.Must(err)
			all, err := w.App.Sessions.Orders(t.Context(), p.two, p.o.ID, "", 10)
			w.Must(err)
			if one.State != want || len(all) != 1 || all[0].State != want || (would.Sessions == 3) != (want == session.OrderWaiting) {
				t.Errorf("it is shown as %s, in the list as %s, and would end %d; want %s", one.State, all[0].State, would.Sessions, want)
			}
			w.Clock.Advance(session.ApprovalWithin)
		}
	})
}

// The people of one order are counted together: what would be large as one is not
// small in pieces.
func TestSeveralPeopleAreCountedTogether(t *testing.T) {
	onBoth(t, fromTwo, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		_, err := w.App.Sessions.SignOutAll(ctx, p.victim, "", "")
		w.Must(err)
		w.SignIn(p.name)
		order := session.Several{Organisation: p.o.ID, Accounts: []string{p.victim}, Reason: "a drill"}
		would, err := w.App.Sessions.PreviewEach(ctx, p.one, session.Several{Organisation: p.o.ID, Accounts: order.Accounts})
		w.Must(err)
		if would.Sessions != 1 || would.People != 1 || would.Waits {
			t.Errorf("one person: %+v", would)
		}
		two, err := w.App.Accounts.Get(ctx, p.two.ID)
		w.Must(err)
		w.SignIn(two.Identifiers[0].Value)
		order.Accounts = append(order.Accounts, p.two.ID)
		would, err = w.App.Sessions.PreviewEach(ctx, p.one, session.Several{Organisation: p.o.ID, Accounts: order.Accounts})
		w.Must(err)
		if would.Sessions != 2 || would.People != 2 || !would.Waits {
			t.Errorf("two people: %+v", would)
		}
		one, err := w.App.Sessions.Preview(ctx, p.one, session.Order{Scope: session.OnePerson, Organisation: p.o.ID, Target: p.victim})
		w.Must(err)
		if one.Waits {
			t.Errorf("one alone: %+v", one)
		}
		ended, waiting, err := w.App.Sessions.ForceEach(ctx, p.one, order)
		w.Must(err)
		if ended != 0 || waiting != 2 {
			t.Errorf("%d ended, %d wait", ended, waiting)
		}
	})
}
