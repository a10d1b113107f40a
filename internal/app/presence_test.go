package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// office is an organisation with an admin and some people in departments.
type office struct {
	*apptest.World
	o     org.Organisation
	admin audit.Actor
	boss  access.SignedIn
}

func newOffice(w *apptest.World) *office {
	w.T.Helper()
	a, name := w.Person()
	o := w.Organisation(org.Admin, a)
	return &office{World: w, o: o, admin: actor(audit.KindAdmin, a.ID), boss: w.SignIn(name)}
}

func (o *office) department(parent string) string {
	o.T.Helper()
	d, err := o.App.Orgs.CreateDepartment(o.T.Context(), app.Actor(), o.o.ID, parent, "D")
	o.Must(err)
	return d.ID
}

func (o *office) worker(department string) (account, name string) {
	o.T.Helper()
	a, name := o.Person()
	o.Must(o.App.Orgs.PutMember(o.T.Context(), app.Actor(), org.Member{Organisation: o.o.ID, Account: a.ID, Department: department, Role: org.Ordinary}))
	return a.ID, name
}

func (o *office) on(name, kind string) access.SignedIn {
	o.T.Helper()
	in, err := o.App.Access.SignIn(o.T.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: kind}, App: "test"})
	o.Must(err)
	return in
}

// online walks the list in small pages, and gives the devices of everybody.
func (o *office) online(department string) map[string]map[string]int {
	o.T.Helper()
	all, after := map[string]map[string]int{}, ""
	for {
		page, next, err := o.App.Sessions.Presence(o.T.Context(), o.admin, o.o.ID, department, after, 2)
		o.Must(err)
		for _, p := range page {
			if all[p.Account] != nil {
				o.T.Errorf("%s is listed twice", p.Account)
			}
			all[p.Account] = p.Devices
		}
		if after = next; after == "" {
			return all
		}
	}
}

func TestPresenceIsWhoIsSignedInAndWasSeenLately(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := newOffice(w)
		sales := o.department("")
		north := o.department(sales)
		seller, sellerName := o.worker(sales)
		northerner, northName := o.worker(north)
		_, asleepName := o.worker(north)
		out, outName := o.worker("")
		asleep := o.on(asleepName, session.Desktop)
		w.Clock.Advance(4 * time.Minute)
		desk := o.on(sellerName, session.Desktop)
		o.on(sellerName, session.Phone)
		o.on(northName, session.Tablet)
		o.on(outName, session.Phone)
		_, err := w.App.Sessions.SignOutAll(t.Context(), out, "", "")
		w.Must(err)
		_, strangerName := w.Person()
		o.on(strangerName, session.Desktop)
		w.Clock.Advance(2 * time.Minute)
		got := o.online("")
		if len(got) != 2 || got[seller][session.Desktop] != 1 || got[seller][session.Phone] != 1 || got[northerner][session.Tablet] != 1 {
			t.Fatalf("online: %v", got)
		}
		if got := o.online(north); len(got) != 1 || got[northerner] == nil {
			t.Errorf("online in the north: %v", got)
		}
		if got := o.online(sales); len(got) != 2 {
			t.Errorf("online in sales: %v", got)
		}
		c, err := w.App.Sessions.CountOnline(t.Context(), o.admin, o.o.ID, sales)
		w.Must(err)
		if c.People != 2 || c.More || c.Devices[session.Desktop] != (session.Count{Sessions: 1, People: 1}) || c.Devices[session.Tablet].People != 1 {
			t.Errorf("counted %+v", c)
		}
		// Somebody who is used again is back with the next flush.
		w.Alive(asleep.Token)
		w.Must(w.App.Sessions.Flush(t.Context()))
		if got := o.online(north); len(got) != 2 {
			t.Errorf("online in the north after a check: %v", got)
		}
		_, err = w.App.Sessions.SignOut(t.Context(), seller, desk.Session.ID)
		w.Must(err)
		if got := o.online(sales); got[seller][session.Desktop] != 0 || got[seller][session.Phone] != 1 {
			t.Errorf("after signing out of one: %v", got)
		}
		// Nobody is left after everybody was signed out, and whoever comes back is.
		_, err = w.App.Sessions.Force(t.Context(), app.Actor(), session.Order{Scope: session.Organisation, Organisation: o.o.ID, Reason: "drill"})
		w.Must(err)
		if got := o.online(""); len(got) != 0 {
			t.Errorf("after everybody was signed out: %v", got)
		}
		o.on(northName, session.Phone)
		if got := o.online(""); len(got) != 1 || got[northerner][session.Phone] != 1 {
			t.Errorf("back again: %v", got)
		}
	})
}

func TestPresenceIsForTheOrganisationsAdmins(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o, other := newOffice(w), newOffice(w)
		if _, _, err := w.App.Sessions.Presence(t.Context(), other.admin, o.o.ID, "", "", 10); !fault.Is(err, "organisation_not_found") {
			t.Errorf("a foreign admin: %v", err)
		}
		if _, _, err := w.App.Sessions.Presence(t.Context(), o.admin, o.o.ID, other.department(""), "", 10); !fault.Is(err, "department_not_found") {
			t.Errorf("a foreign department: %v", err)
		}
		if _, err := w.App.Sessions.Watch(o.o.ID).Next(t.Context(), other.admin); !fault.Is(err, "organisation_not_found") {
			t.Errorf("a foreign admin watches: %v", err)
		}
	})
}

// watching follows a served organisation; patience is only how long a broken
// stream takes to fail the test.
const patience = 30 * time.Second

type watching struct {
	changes chan client.PresenceChange
	ended   chan error
}

func watch(ctx context.Context, c *client.Client, organisation string) watching {
	w := watching{make(chan client.PresenceChange, 100), make(chan error, 1)}
	go func() {
		w.ended <- c.WatchPresence(ctx, organisation, func(p client.PresenceChange) error { w.changes <- p; return nil })
	}()
	return w
}

func (w watching) until(t *testing.T, what string, is func(client.PresenceChange) bool) {
	t.Helper()
	late := time.After(patience)
	for {
		select {
		case c := <-w.changes:
			if is(c) {
				return
			}
		case err := <-w.ended:
			t.Fatalf("%s: the stream ended: %v", what, err)
		case <-late:
			t.Fatalf("%s: nothing was told", what)
		}
	}
}

func (w watching) mustEnd(t *testing.T, why string) {
	t.Helper()
	late := time.After(patience)
	for {
		select {
		case <-w.changes:
		case err := <-w.ended:
			t.Logf("%s: the stream ended: %v", why, err)
			return
		case <-late:
			t.Fatalf("the stream goes on: %s", why)
		}
	}
}

func TestAStreamTellsWhoComesAndGoes(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		w.App.StreamPoll = 10 * time.Millisecond
		o := newOffice(w)
		worker, name := o.worker("")
		url := w.Serve()
		boss := client.New(url, client.Options{Token: o.boss.Token})
		s := watch(t.Context(), boss, o.o.ID)
		// The stream may begin after a sign-in, so that it is told with an overlap.
		in := o.on(name, session.Phone)
		s.until(t, "a sign-in", func(c client.PresenceChange) bool {
			return c.Person != nil && c.Person.AccountID == worker && c.Person.Devices[client.Phone] == 1
		})
		o.on(name, session.Desktop)
		s.until(t, "a second device", func(c client.PresenceChange) bool {
			return c.Person != nil && c.Person.AccountID == worker && c.Person.Devices[client.Phone] == 1 && c.Person.Devices[client.Desktop] == 1
		})
		_, err := w.App.Sessions.SignOut(t.Context(), worker, in.Session.ID)
		w.Must(err)
		s.until(t, "a sign-out of one", func(c client.PresenceChange) bool {
			return c.Person != nil && c.Person.AccountID == worker && c.Person.Devices[client.Phone] == 0
		})
		_, err = w.App.Sessions.SignOutAll(t.Context(), worker, "", "")
		w.Must(err)
		s.until(t, "a sign-out of all", func(c client.PresenceChange) bool { return c.Gone == worker })

		var open []watching
		for range 2 {
			open = append(open, watch(t.Context(), boss, o.o.ID))
		}
		o.on(name, session.Phone)
		for _, more := range open {
			more.until(t, "every stream hears it", func(c client.PresenceChange) bool { return c.Person != nil && c.Person.AccountID == worker })
		}
		if err := boss.WatchPresence(t.Context(), o.o.ID, nil); !client.HasCode(err, "too_many_streams") {
			t.Errorf("a fourth stream: %v", err)
		}
		_, err = w.App.Sessions.SignOut(t.Context(), o.admin.ID, o.boss.Session.ID)
		w.Must(err)
		for _, one := range append(open, s) {
			one.mustEnd(t, "its session has ended")
		}
	})
}

func TestAStreamEndsWithTheRightToIt(t *testing.T) {
	for _, c := range []struct {
		why string
		do  func(o *office, stop func())
	}{
		{"the admin is none any more", func(o *office, _ func()) {
			o.Must(o.App.Orgs.PutMember(o.T.Context(), app.Actor(), org.Member{Organisation: o.o.ID, Account: o.admin.ID, Role: org.Ordinary}))
		}},
		{"the admin's sessions were ended by a mark", func(o *office, _ func()) {
			_, err := o.App.Sessions.Force(o.T.Context(), app.Actor(), session.Order{Scope: session.Organisation, Organisation: o.o.ID, Reason: "drill"})
			o.Must(err)
		}},
		{"the server shuts down", func(_ *office, stop func()) { stop() }},
	} {
		t.Run(c.why, func(t *testing.T) {
			w := apptest.New(t, "sqlite")
			w.App.StreamPoll = 10 * time.Millisecond
			o := newOffice(w)
			worker, name := o.worker("")
			run, err := w.App.Start(context.WithoutCancel(t.Context()), apptest.Pace())
			w.Must(err)
			stopped := false
			stop := func() {
				if !stopped {
					stopped = true
					w.Must(run.Stop(context.WithoutCancel(t.Context())))
				}
			}
			defer stop()
			s := watch(t.Context(), client.New(run.URL(), client.Options{Token: o.boss.Token}), o.o.ID)
			o.on(name, session.Phone)
			s.until(t, "a sign-in", func(c client.PresenceChange) bool { return c.Person != nil && c.Person.AccountID == worker })
			c.do(o, stop)
			s.mustEnd(t, c.why)
		})
	}
}

// An open page keeps no session alive.
func TestAStreamIsNoUseOfItsSession(t *testing.T) {
	w := apptest.New(t, "sqlite")
	w.App.StreamPoll = 5 * time.Millisecond
	o := newOffice(w)
	s := watch(t.Context(), client.New(w.Serve(), client.Options{Token: o.boss.Token}), o.o.ID)
	worker, name := o.worker("")
	for range 3 {
		o.on(name, session.Phone)
		s.until(t, "a sign-in", func(c client.PresenceChange) bool { return c.Person != nil && c.Person.AccountID == worker })
		w.Clock.Advance(time.Hour)
	}
	w.Clock.Advance(w.Config.Session.IdleTTL)
	s.mustEnd(t, "its session was idle")
	if _, err := w.App.Sessions.Check(t.Context(), o.boss.Token); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("the session is valid: %v", err)
	}
}

// A connection may break before its stream begins, at its very first byte.
func TestAStreamThatNeverRanKeepsNoPlace(t *testing.T) {
	w := apptest.New(t, "sqlite")
	o := newOffice(w)
	following := &caller.Following{Desk: &caller.Desk{Accounts: w.App.Accounts, Orgs: w.App.Orgs}, Sessions: w.App.Sessions}
	boss := &caller.Caller{Session: o.boss.Session, Token: o.boss.Token}
	open := func(ctx context.Context) error {
		_, err := following.Begin(ctx, boss, o.o.ID)
		return err
	}
	request, end := context.WithCancel(t.Context())
	for range 3 {
		w.Must(open(request))
	}
	if err := open(request); !fault.Is(err, "too_many_streams") {
		t.Fatalf("a fourth stream: %v", err)
	}
	end()
	for late := time.After(time.Minute); open(t.Context()) != nil; {
		select {
		case <-late:
			t.Fatal("no place is free after the requests have ended")
		case <-time.After(time.Millisecond):
		}
	}
}
