package app_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// duty is an organisation with two admins and somebody signed in three times.
type duty struct {
	o        org.Organisation
	one, two audit.Actor
	victim   string
	name     string
	tokens   []string
}

func newDuty(w *apptest.World) (p duty) {
	w.T.Helper()
	a, _ := w.Person()
	b, _ := w.Person()
	p.o = w.Organisation(org.Admin, a, b)
	p.one, p.two = actor(audit.KindAdmin, a.ID), actor(audit.KindAdmin, b.ID)
	v, name := w.Person()
	p.victim, p.name = v.ID, name
	w.Must(w.App.Orgs.PutMember(w.T.Context(), app.Actor(), org.Member{Organisation: p.o.ID, Account: v.ID, Role: org.Ordinary}))
	for range 3 {
		p.tokens = append(p.tokens, w.SignIn(name).Token)
	}
	return p
}

func (p duty) order() session.Order {
	return session.Order{Scope: session.OnePerson, Organisation: p.o.ID, Target: p.victim, Reason: "a lost phone"}
}

func alive(w *apptest.World, tokens []string) (n int) {
	for _, token := range tokens {
		if w.Alive(token) {
			n++
		}
	}
	return n
}

func fromTwo(c *config.Config) { c.SignOut.ApprovalFrom = 2 }

func toldOf(w *apptest.World, account, kind string) (n int) {
	w.T.Helper()
	var all []signal.Line
	w.Must(w.App.DB.View(w.T.Context(), func(tx *store.Tx) (err error) {
		all, err = tx.Notices(w.T.Context(), account)
		return err
	}))
	for _, l := range all {
		if l.Kind == kind {
			n++
		}
	}
	return n
}

func TestALargeSignOutWaitsForASecondPerson(t *testing.T) {
	onBoth(t, fromTwo, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		done, err := w.App.Sessions.Force(ctx, p.one, p.order())
		w.Must(err)
		if done.Waiting == nil || alive(w, p.tokens) != 3 || toldOf(w, p.two.ID, signal.SignOutWaitingApproval) != 1 || toldOf(w, p.one.ID, signal.SignOutWaitingApproval) != 0 {
			t.Fatalf("the order did not wait for the other admin: %+v", done)
		}
		for _, letter := range w.Letters(p.two.ID) {
			if letter.Kind == signal.SignOutWaitingApproval && (letter.Args["organisation"] != p.o.Name || !letter.CreatedAt.Equal(done.Waiting.OrderedAt)) {
				t.Errorf("the other admin is told %v of %s, ordered at %s", letter.Args, letter.CreatedAt, done.Waiting.OrderedAt)
			}
		}
		id := done.Waiting.ID
		kept, _, err := w.App.Sessions.Order(ctx, p.two, id)
		w.Must(err)
		if kept.OrderedAt.IsZero() || kept.ExpiresAt.Sub(kept.OrderedAt) != session.ApprovalWithin || kept.By != p.one || kept.Account != p.victim || kept.State != session.OrderWaiting {
			t.Errorf("it waits as %+v", kept)
		}
		if _, _, err := w.App.Sessions.Approve(ctx, p.one, id); !fault.Is(err, "sign_out_order_own") {
			t.Errorf("approving the own order: %v", err)
		}
		stranger, _ := w.Person()
		if _, _, err := w.App.Sessions.Approve(ctx, actor(audit.KindAdmin, stranger.ID), id); !fault.Is(err, "sign_out_order_not_found") {
			t.Errorf("a stranger approves: %v", err)
		}
		// What ends is what is there at the approval, not at the order.
		p.tokens = append(p.tokens, w.SignIn(p.name).Token)
		if _, would, err := w.App.Sessions.Order(ctx, p.two, id); err != nil || would.Sessions != 4 || would.People != 1 {
			t.Errorf("it would end %+v, %v", would, err)
		}
		decided, out, err := w.App.Sessions.Approve(ctx, p.two, id)
		w.Must(err)
		if decided.State != session.OrderApproved || decided.DecidedBy != p.two.ID || !decided.DecidedAt.After(kept.OrderedAt) {
			t.Errorf("decided as %+v", decided)
		}
		if out.Ended != 4 || alive(w, p.tokens) != 0 || toldOf(w, p.victim, signal.SessionsEndedByAdmin) != 1 {
			t.Errorf("approved: %+v, %d alive", out, alive(w, p.tokens))
		}
		if _, err := w.App.Sessions.Refuse(ctx, p.two, id); !fault.Is(err, "sign_out_order_decided") {
			t.Errorf("deciding twice: %v", err)
		}
		for action, want := range map[string]int{"sign_out.ordered": 1, "sign_out.approved": 1, "sessions.ended": 1} {
			if n := w.Entries(action, p.victim); n != want {
				t.Errorf("%s: %d entries, want %d", action, n, want)
			}
		}
		// One session is below the number, and ends at once.
		last := w.SignIn(p.name)
		done, err = w.App.Sessions.Force(ctx, p.one, p.order())
		w.Must(err)
		if done.Waiting != nil || w.Alive(last.Token) {
			t.Error("a small order waited")
		}
	})
}

func TestAnOrderLapses(t *testing.T) {
	onBoth(t, fromTwo, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		wait := func() string {
			done, err := w.App.Sessions.Force(ctx, p.one, p.order())
			w.Must(err)
			return done.Waiting.ID
		}
		late, refused, unseated := wait(), wait(), wait()
		_, err := w.App.Sessions.Refuse(ctx, p.two, refused)
		w.Must(err)
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: p.one.ID, Role: org.Ordinary}))
		if _, _, err := w.App.Sessions.Approve(ctx, p.two, unseated); !fault.Is(err, "sign_out_order_lapsed") {
			t.Errorf("the order of somebody who is no admin any more: %v", err)
		}
		w.Clock.Advance(session.ApprovalWithin)
		if _, _, err := w.App.Sessions.Approve(ctx, p.two, late); !fault.Is(err, "sign_out_order_decided") {
			t.Errorf("too late: %v", err)
		}
		w.Must(w.App.Sessions.ExpireOrders(ctx))
		all, err := w.App.Sessions.Orders(ctx, p.two, p.o.ID, "", 10)
		w.Must(err)
		states := map[string]string{}
		for _, o := range all {
			states[o.ID] = o.State
		}
		if len(all) != 3 || states[late] != session.OrderExpired || states[refused] != session.OrderRefused {
			t.Errorf("listed %v", states)
		}
		if alive(w, p.tokens) != 3 {
			t.Error("somebody was signed out")
		}
	})
}

// Approved by two at once, it is carried out once.
func TestAnOrderIsApprovedOnce(t *testing.T) {
	const rounds = 8
	onBoth(t, fromTwo, func(t *testing.T, w *apptest.World) {
		other := twin(w)
		for range rounds {
			p := newDuty(w)
			done, err := w.App.Sessions.Force(t.Context(), p.one, p.order())
			w.Must(err)
			errs, ended := make([]error, 2), make([]session.Outcome, 2)
			var wg sync.WaitGroup
			for i, a := range []*app.App{w.App, other} {
				by := []audit.Actor{p.two, app.Actor()}[i]
				wg.Go(func() {
					_, ended[i], errs[i] = a.Sessions.Approve(context.WithoutCancel(t.Context()), by, done.Waiting.ID)
				})
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("both or neither: %v", errs)
			}
			for i := range errs {
				if errs[i] == nil && ended[i].Ended != 3 || errs[i] != nil && !fault.Is(errs[i], "sign_out_order_decided") {
					t.Errorf("%+v, %v", ended[i], errs[i])
				}
			}
			if n := w.Entries("sessions.ended", p.victim); n != 1 {
				t.Errorf("%d audit entries", n)
			}
		}
	})
}

func TestADryRunCountsAndChangesNothing(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		in, err := w.App.Access.SignIn(ctx, access.Attempt{Name: p.name, Password: apptest.Password, Device: session.Device{Kind: session.Phone, Key: "k"}, App: "crm"})
		w.Must(err)
		d, err := w.App.Orgs.CreateDepartment(ctx, app.Actor(), p.o.ID, "", "Sales")
		w.Must(err)
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: p.victim, Department: d.ID, Role: org.Ordinary}))
		before := w.Dump()
		for _, c := range []struct {
			scope  session.Scope
			target string
			want   int
		}{{session.Organisation, "", 4}, {session.ADepartment, d.ID, 4}, {session.OnePerson, p.victim, 4}, {session.ADevice, in.Session.Device.ID, 1}, {session.OneSession, in.Session.ID, 1}} {
			got, err := w.App.Sessions.Preview(ctx, app.Actor(), session.Order{Scope: c.scope, Organisation: p.o.ID, Target: c.target})
			w.Must(err)
			if got.Sessions != c.want || got.People != 1 || got.ByKind[session.Phone] != (session.Count{Sessions: 1, People: 1}) || got.ByKind[session.Desktop].Sessions != c.want-1 {
				t.Errorf("%s: %+v", c.scope, got)
			}
		}
		own, err := w.App.Sessions.PreviewOwn(ctx, p.victim, session.Own{App: "crm"})
		w.Must(err)
		if own.Sessions != 1 {
			t.Errorf("own sessions of one app: %+v", own)
		}
		after := w.Dump()
		// Sessions that have run out are not there any more, written down or not.
		w.Clock.Advance(w.Config.Session.AbsoluteTTL)
		late, err := w.App.Sessions.Preview(ctx, app.Actor(), session.Order{Scope: session.OnePerson, Organisation: p.o.ID, Target: p.victim})
		w.Must(err)
		ownLate, err := w.App.Sessions.PreviewOwn(ctx, p.victim, session.Own{})
		w.Must(err)
		if late.Sessions != 0 || ownLate.Sessions != 0 {
			t.Errorf("of those that have run out %d and %d would end", late.Sessions, ownLate.Sessions)
		}
		for table := range before {
			if before[table] != after[table] {
				t.Errorf("%s has changed", table)
			}
		}
	})
}

func TestADeviceEndsAsOne(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		on := func(name, key string) access.SignedIn {
			in, err := w.App.Access.SignIn(ctx, access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: session.Phone, Key: key}, App: "crm"})
			w.Must(err)
			return in
		}
		one, two, elsewhere := on(p.name, "browser"), on(p.name, "browser"), on(p.name, "tablet")
		_, neighbour := w.Person()
		shared := on(neighbour, "browser") // another account on the same device
		n, err := w.App.Sessions.SignOutOwn(ctx, p.victim, session.Own{Device: one.Session.Device.ID})
		w.Must(err)
		if n != 2 || w.Alive(two.Token) || !w.Alive(elsewhere.Token) || !w.Alive(shared.Token) || alive(w, p.tokens) != 3 {
			t.Errorf("signing out of a device ended %d", n)
		}
		order := session.Order{Scope: session.ADevice, Organisation: p.o.ID, Target: elsewhere.Session.Device.ID, Reason: "stolen"}
		done, err := w.App.Sessions.Force(ctx, p.one, order)
		w.Must(err)
		if done.Ended != 1 || w.Alive(elsewhere.Token) {
			t.Errorf("the admin's order: %+v", done)
		}
		order.Target = shared.Session.Device.ID
		if _, err := w.App.Sessions.Force(ctx, p.one, order); !fault.Is(err, "device_not_found") {
			t.Errorf("a device of somebody outside: %v", err)
		}
	})
}

func TestNobodySignsOutWhoStandsAbove(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		boss, name := w.Person()
		d, err := w.App.Orgs.CreateDepartment(ctx, app.Actor(), p.o.ID, "", "Board")
		w.Must(err)
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: boss.ID, Department: d.ID, Role: org.Creator}))
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: p.victim, Department: d.ID, Role: org.Ordinary}))
		in := w.SignIn(name)
		for scope, target := range map[session.Scope]string{session.OneSession: in.Session.ID, session.ADevice: in.Session.Device.ID, session.OnePerson: boss.ID, session.Organisation: ""} {
			_, err := w.App.Sessions.Force(ctx, p.one, session.Order{Scope: scope, Organisation: p.o.ID, Target: target, Reason: "a coup"})
			if !fault.Is(err, "owner_required") {
				t.Errorf("%s: %v", scope, err)
			}
		}
		done, err := w.App.Sessions.Force(ctx, p.one, session.Order{Scope: session.ADepartment, Organisation: p.o.ID, Target: d.ID, Reason: "a drill"})
		w.Must(err)
		if done.Ended != 3 || !w.Alive(in.Token) || toldOf(w, boss.ID, signal.SessionsEndedByAdmin) != 0 {
			t.Errorf("the department's sign-out: %+v", done)
		}
		w.Clock.Advance(time.Second)
		done, err = w.App.Sessions.Force(ctx, actor(audit.KindAdmin, boss.ID), session.Order{Scope: session.OnePerson, Organisation: p.o.ID, Target: p.one.ID, Reason: "a coup"})
		w.Must(err)
		if done.Ended != 0 {
			t.Errorf("it ended %d sessions of somebody who had none", done.Ended)
		}
	})
}
