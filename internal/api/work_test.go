package api_test

import (
	"errors"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
)

// site serves without the loops: what they do is called by hand.
func site(t *testing.T, w *apptest.World) *client.Client {
	t.Helper()
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	return client.New(server.URL, client.Options{})
}

func draft(what string) client.NewWork {
	return client.NewWork{Kind: client.UnsavedWork, What: what, Link: "/orders/1042", TTLSeconds: 60}
}

// pending gives what an answer work_unsaved is about.
func pending(t *testing.T, err error) []client.PendingWork {
	t.Helper()
	code(t, err, "work_unsaved")
	var p *client.Problem
	errors.As(err, &p)
	return p.Work
}

func TestSignOutAsksAboutWorkInHand(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		_, name := w.Person()
		one, two := c.WithToken(w.SignIn(name).Token), c.WithToken(w.SignIn(name).Token)
		_, bystander := w.Person()
		other := c.WithToken(w.SignIn(bystander).Token)
		_, err := other.AnnounceWork(ctx, draft("not yours"))
		code(t, err, "")
		l, err := one.AnnounceWork(ctx, draft("Draft: Order 1042"))
		code(t, err, "")

		got := pending(t, one.SignOut(ctx))
		if len(got) != 1 || got[0].What != "Draft: Order 1042" || got[0].Link != "/orders/1042" || got[0].App != "test" || got[0].Kind != client.UnsavedWork {
			t.Errorf("in hand: %+v", got)
		}
		_, err = two.SignOutWith(ctx, client.SignOutOrder{Scope: client.OtherSessions})
		pending(t, err)
		_, err = two.SignOutWith(ctx, client.SignOutOrder{Scope: client.AllSessions, App: "test"})
		pending(t, err)
		// What is not meant does not stand in the way.
		_, err = one.SignOutWith(ctx, client.SignOutOrder{Scope: client.OtherSessions})
		code(t, err, "")
		_, err = one.SignOutWith(ctx, client.SignOutOrder{Scope: client.AllSessions, App: "another"})
		code(t, err, "")

		_, err = one.RenewWork(ctx, l.ID, time.Minute)
		code(t, err, "")
		_, err = other.RenewWork(ctx, l.ID, time.Minute)
		code(t, err, "work_not_found")
		code(t, other.ReleaseWork(ctx, l.ID), "")
		pending(t, one.SignOut(ctx))
		w.Clock.Advance(61 * time.Second)
		_, err = one.RenewWork(ctx, l.ID, time.Minute)
		code(t, err, "work_not_found")
		l, err = one.AnnounceWork(ctx, draft("again"))
		code(t, err, "")
		code(t, one.ReleaseWork(ctx, l.ID), "")
		code(t, one.SignOut(ctx), "")

		three := c.WithToken(w.SignIn(name).Token)
		_, err = three.AnnounceWork(ctx, draft("lost"))
		code(t, err, "")
		_, err = three.SignOutWith(ctx, client.SignOutOrder{Scope: client.AllSessions, Force: true})
		code(t, err, "")
		_, err = three.CheckSession(ctx)
		code(t, err, "session_not_valid")
	})
}

func TestAnnouncementsAreBounded(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		_, name := w.Person()
		me := site(t, w).WithToken(w.SignIn(name).Token)
		for _, bad := range []client.NewWork{
			{Kind: client.UnsavedWork, What: "  ", TTLSeconds: 60},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 9},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 3601},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 60, Link: "http://example.com/"},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 60, Link: "javascript:alert(1)"},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 60, Link: "//example.com/"},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 60, Link: `/\example.com`},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 60, Link: "https://me:secret@example.com/"},
			{Kind: client.UnsavedWork, What: "x", TTLSeconds: 60, Link: "orders/1"},
		} {
			if _, err := me.AnnounceWork(ctx, bad); !client.HasCode(err, "validation_failed") {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		for range w.Config.Work.PerSession {
			_, err := me.AnnounceWork(ctx, draft("x"))
			code(t, err, "")
		}
		_, err := me.AnnounceWork(ctx, draft("x"))
		code(t, err, "work_too_much")
		w.Clock.Advance(time.Minute)
		_, err = me.AnnounceWork(ctx, client.NewWork{Kind: client.RunningWork, What: "x", TTLSeconds: 3600, Link: "https://crm.example.com/exports/7"})
		code(t, err, "")
	})
}

// A sign-out that waits goes through as soon as the work is done, and says what
// is left when it is not.
func TestSignOutWaitsForWork(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		_, name := w.Person()
		page, app := c.WithToken(w.SignIn(name).Token), c.WithToken(w.SignIn(name).Token)
		l, err := app.AnnounceWork(ctx, draft("x"))
		code(t, err, "")
		_, err = page.SignOutWith(ctx, client.SignOutOrder{Scope: client.AllSessions, WaitSeconds: 1})
		pending(t, err)
		done := make(chan error, 1)
		go func() {
			out, err := page.SignOutWith(ctx, client.SignOutOrder{Scope: client.AllSessions, WaitSeconds: 25})
			if err == nil && *out.Ended != 2 {
				err = errors.New("not both sessions ended")
			}
			done <- err
		}()
		code(t, app.ReleaseWork(ctx, l.ID), "")
		code(t, <-done, "")
		_, err = app.CheckSession(ctx)
		code(t, err, "session_not_valid")
	})
}

func TestAClosureAsksAboutWorkInHand(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		_, name := w.Person()
		me := c.WithToken(w.SignIn(name).Token)
		_, err := me.AnnounceWork(ctx, draft("x"))
		code(t, err, "")
		asked, err := me.RequestClosure(ctx, client.NewClosure{Policy: "wecom"})
		code(t, err, "")
		_, err = me.ConfirmClosure(ctx, asked.ID, apptest.Password)
		if got := pending(t, err); len(got) != 1 || got[0].What != "x" {
			t.Errorf("in hand: %+v", got)
		}
		_, err = me.CheckSession(ctx)
		code(t, err, "")
		_, err = me.ConfirmClosureAnyway(ctx, asked.ID, apptest.Password)
		code(t, err, "")
		_, err = me.CheckSession(ctx)
		code(t, err, "session_not_valid")
	})
}

// An order with a grace ends at once what has nothing in hand, and the rest when
// it is saved or the time is over; the app is told.
func TestAnOrderLeavesTimeToSave(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		a, name := w.Person()
		idle, saves, stays := c.WithToken(w.SignIn(name).Token), c.WithToken(w.SignIn(name).Token), c.WithToken(w.SignIn(name).Token)
		l, err := saves.AnnounceWork(ctx, draft("x"))
		code(t, err, "")
		kept, err := stays.AnnounceWork(ctx, draft("y"))
		code(t, err, "")
		if s, err := saves.AwaitWorkSignal(ctx, 0); err != nil || s.EndsAt != nil {
			t.Errorf("a signal before the order: %+v, %v", s, err)
		}
		heard := make(chan error, 1)
		go func() {
			s, err := stays.AwaitWorkSignal(ctx, 25*time.Second)
			if err == nil && s.EndsAt == nil {
				err = errors.New("no signal came")
			}
			heard <- err
		}()
		order := session.Order{Scope: session.OnePerson, Target: a.ID, Reason: "moving house", Grace: 30 * time.Second}
		if _, err := w.App.Sessions.Force(ctx, app.Actor(), order); err != nil {
			t.Fatal(err)
		}
		_, err = idle.CheckSession(ctx)
		code(t, err, "session_not_valid")
		code(t, <-heard, "")
		renewed, err := saves.RenewWork(ctx, l.ID, time.Minute)
		code(t, err, "")
		if renewed.EndsAt == nil {
			t.Error("the renewed work does not tell of the end")
		}
		code(t, saves.ReleaseWork(ctx, l.ID), "")
		_, err = saves.CheckSession(ctx)
		code(t, err, "session_not_valid")

		_, err = w.App.Sessions.EndGraced(ctx)
		w.Must(err)
		_, err = stays.CheckSession(ctx)
		code(t, err, "")
		_, err = stays.RenewWork(ctx, kept.ID, time.Hour)
		code(t, err, "")
		w.Clock.Advance(31 * time.Second)
		_, err = w.App.Sessions.EndGraced(ctx)
		w.Must(err)
		_, err = stays.AwaitWorkSignal(ctx, 0)
		code(t, err, "session_not_valid")
		if n := w.Entries("sessions.ended", a.ID); n != 3 {
			t.Errorf("%d audit entries of ended sessions, want one each", n)
		}

		// Nobody has anything in hand: it ends at once, as one.
		in := c.WithToken(w.SignIn(name).Token)
		if _, err := w.App.Sessions.Force(ctx, app.Actor(), order); err != nil {
			t.Fatal(err)
		}
		_, err = in.CheckSession(ctx)
		code(t, err, "session_not_valid")
		// What is about safety waits for nothing.
		in = c.WithToken(w.SignIn(name).Token)
		_, err = in.AnnounceWork(ctx, draft("z"))
		code(t, err, "")
		w.Must(w.App.Access.SetFlags(ctx, app.Actor(), a.ID, true, false))
		_, err = in.CheckSession(ctx)
		code(t, err, "session_not_valid")
	})
}

// Work that is announced while its session is signed out is seen, or comes too
// late: nobody is signed out unasked with work that was taken on.
func TestAnnouncingAgainstSigningOut(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		_, name := w.Person()
		for range 15 {
			me := c.WithToken(w.SignIn(name).Token)
			var out, in error
			var both sync.WaitGroup
			both.Go(func() { out = me.SignOut(ctx) })
			both.Go(func() { _, in = me.AnnounceWork(ctx, draft("x")) })
			both.Wait()
			_, alive := me.CheckSession(ctx)
			switch {
			case out == nil && client.HasCode(in, "session_not_valid") && client.HasCode(alive, "session_not_valid"):
			case client.HasCode(out, "work_unsaved") && in == nil && alive == nil:
			default:
				t.Errorf("sign-out %v, announcement %v, then %v", out, in, alive)
			}
		}
	})
}
