package app_test

import (
	"context"
	"net/netip"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// pair is two processes on one database.
type pair struct {
	*apptest.World
	other *app.App
}

func newPair(w *apptest.World) *pair {
	w.T.Helper()
	p := &pair{World: w}
	p.open()
	w.T.Cleanup(func() { w.Must(p.other.Close()) })
	return p
}

func (p *pair) open() {
	p.T.Helper()
	var err error
	p.other, err = app.Open(p.T.Context(), p.Config, p.World.World)
	p.Must(err)
}

// everywhere says that a token is valid, or that it is not, in both processes.
func (p *pair) everywhere(t *testing.T, when, token string, want bool) {
	t.Helper()
	for i, a := range []*app.App{p.App, p.other} {
		if _, err := a.Sessions.Check(t.Context(), token); (err == nil) != want {
			t.Errorf("%s: process %d says %v, want valid %v", when, i+1, err, want)
		}
	}
}

// What one process ends is ended in the other at its next check, and after a
// restart of both; what nobody ended goes on.
func TestWhatOneProcessEndsIsEndedInTheOther(t *testing.T) {
	apptest.Run(t, func(whole *testing.T, w *apptest.World) {
		p := newPair(w)
		install(w, cooled)
		by := actor(audit.KindOperator, "cli")
		var later []func()
		force := func(ctx context.Context, o session.Order) error {
			o.Reason = "because"
			return second(w.App.Sessions.Force(ctx, by, o))
		}
		for _, c := range []struct {
			name string
			end  func(ctx context.Context, a identity.Account, o org.Organisation, in session.Session) error
		}{
			{"the person ends it", func(ctx context.Context, a identity.Account, _ org.Organisation, in session.Session) error {
				return second(w.App.Sessions.SignOut(ctx, a.ID, in.ID))
			}},
			{"the person ends all", func(ctx context.Context, a identity.Account, _ org.Organisation, _ session.Session) error {
				return second(w.App.Sessions.SignOutAll(ctx, a.ID, "", ""))
			}},
			{"an operator ends it", func(ctx context.Context, _ identity.Account, _ org.Organisation, in session.Session) error {
				return force(ctx, session.Order{Scope: session.OneSession, Target: in.ID})
			}},
			{"an operator signs the person out", func(ctx context.Context, a identity.Account, _ org.Organisation, _ session.Session) error {
				return force(ctx, session.Order{Scope: session.OnePerson, Target: a.ID})
			}},
			{"the department is signed out", func(ctx context.Context, a identity.Account, o org.Organisation, _ session.Session) error {
				top, err := w.App.Orgs.CreateDepartment(ctx, by, o.ID, "", "Top")
				w.Must(err)
				below, err := w.App.Orgs.CreateDepartment(ctx, by, o.ID, top.ID, "Below")
				w.Must(err)
				w.Must(w.App.Orgs.PutMember(ctx, by, org.Member{Organisation: o.ID, Account: a.ID, Role: org.Ordinary, Department: below.ID}))
				return force(ctx, session.Order{Scope: session.ADepartment, Organisation: o.ID, Target: top.ID})
			}},
			{"the organisation is signed out", func(ctx context.Context, _ identity.Account, o org.Organisation, _ session.Session) error {
				return force(ctx, session.Order{Scope: session.Organisation, Organisation: o.ID})
			}},
			{"the organisation is signed out, and the person leaves", func(ctx context.Context, a identity.Account, o org.Organisation, _ session.Session) error {
				w.Must(force(ctx, session.Order{Scope: session.Organisation, Organisation: o.ID}))
				return w.App.Access.RemoveMember(ctx, by, o.ID, a.ID, "")
			}},
			{"the organisation is signed out, and the person leaves and comes back", func(ctx context.Context, a identity.Account, o org.Organisation, _ session.Session) error {
				w.Must(force(ctx, session.Order{Scope: session.Organisation, Organisation: o.ID}))
				w.Must(w.App.Access.RemoveMember(ctx, by, o.ID, a.ID, ""))
				return w.App.Orgs.PutMember(ctx, by, org.Member{Organisation: o.ID, Account: a.ID, Role: org.Ordinary})
			}},
			{"the organisation is signed out, and the person changes places in it", func(ctx context.Context, a identity.Account, o org.Organisation, _ session.Session) error {
				w.Must(force(ctx, session.Order{Scope: session.Organisation, Organisation: o.ID}))
				return w.App.Orgs.PutMember(ctx, by, org.Member{Organisation: o.ID, Account: a.ID, Role: org.Admin})
			}},
			{"a closure is confirmed", func(ctx context.Context, a identity.Account, _ org.Organisation, _ session.Session) error {
				c, _, err := w.App.Closures.Request(ctx, a.ID, cooled.name, "")
				w.Must(err)
				return second(w.App.Access.ConfirmClosure(ctx, session.Session{Account: a.ID}, c.ID, apptest.Password, netip.Addr{}))
			}},
			{"a closure is confirmed and withdrawn", func(ctx context.Context, a identity.Account, _ org.Organisation, _ session.Session) error {
				c := w.Confirm(a, cooled.name).Closure
				return second(w.App.Closures.Withdraw(ctx, a.ID, c.ID))
			}},
		} {
			whole.Run(c.name, func(t *testing.T) {
				a, name := w.Person()
				stays, nameOfWhoStays := w.Person()
				o := w.Organisation(org.Ordinary, a)
				w.Organisation(org.Ordinary, stays)
				in, goesOn := w.SignIn(name), w.SignIn(nameOfWhoStays)
				p.everywhere(t, "before", in.Token, true)
				p.everywhere(t, "before", goesOn.Token, true)
				w.Must(c.end(t.Context(), a, o, in.Session))
				p.everywhere(t, "at once", in.Token, false)
				p.everywhere(t, "at once", goesOn.Token, true)
				later = append(later, func() {
					p.everywhere(whole, c.name+", after a restart", in.Token, false)
					p.everywhere(whole, c.name+", after a restart", goesOn.Token, true)
				})
			})
		}
		p.restart()
		for _, check := range later {
			check()
		}
	})
}

func (p *pair) restart() {
	p.T.Helper()
	p.Must(p.other.Close())
	p.Restart()
	p.open()
}
