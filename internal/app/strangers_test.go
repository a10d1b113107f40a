package app_test

import (
	"context"
	"net/netip"
	"testing"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// town is a victim with one of everything, and a stranger who administers
// another company.
type town struct {
	*apptest.World
	victim, stranger, gone identity.Account
	mine, theirs           org.Organisation // the victim's company, the stranger's
	department             org.Department   // of the victim's
	session                string
	reviewed, requested    closure.Closure // the victim's, and somebody else's
	closed                 string
	todo                   org.Todo
	binding                identity.Binding
	arrear                 identity.Arrear
	boss                   audit.Actor // the stranger as an admin
}

func newTown(w *apptest.World) *town {
	w.T.Helper()
	ctx, by := w.T.Context(), actor(audit.KindOperator, "cli")
	install(w, atOnce, asWeCom)
	c := &town{World: w}
	c.victim, _ = w.Person()
	c.gone, _ = w.Person()
	c.stranger, _ = w.Person()
	c.mine, c.theirs = w.Organisation(org.Ordinary, c.victim), w.Organisation(org.Admin, c.stranger)
	c.boss = actor(audit.KindAdmin, c.stranger.ID)
	var err error
	c.department, err = w.App.Orgs.CreateDepartment(ctx, by, c.mine.ID, "", "Sales")
	w.Must(err)
	c.reviewed = w.Confirm(c.victim, asWeCom.name).Closure
	other, name := w.Person()
	c.session = w.SignIn(name).Session.ID
	c.requested, _, err = w.App.Closures.Request(ctx, other.ID, asWeCom.name, "")
	w.Must(err)
	c.todo, err = w.App.Orgs.AddTodo(ctx, by, org.Todo{Account: c.victim.ID, Organisation: c.mine.ID, Kind: org.Task, Title: "work"})
	w.Must(err)
	c.binding, err = w.App.Accounts.Bind(ctx, by, c.victim.ID, "alipay", "ref")
	w.Must(err)
	c.arrear, err = w.App.Accounts.AddArrear(ctx, by, identity.Arrear{Account: c.victim.ID, Currency: "CNY", Amount: 1})
	w.Must(err)
	c.closed = w.Confirm(c.gone, atOnce.name).Closure.ID
	w.Drain(c.closed)
	return c
}

// try is one call that must come to nothing.
type try struct {
	name string
	call func(ctx context.Context) error
	want string
}

// nothing holds the answers of calls against what is expected, and every table
// against what it was before.
func (c *town) nothing(t *testing.T, tries []try) {
	t.Helper()
	for _, one := range tries {
		t.Run(one.name, func(t *testing.T) {
			before := tables(c.World)
			err := one.call(t.Context())
			if code := codes(t, []error{err})[0]; code != one.want {
				t.Errorf("answer %v, want %q", err, one.want)
			}
			for name, text := range tables(c.World) {
				if text != before[name] && name != "guesses" { // a wrong guess counts
					t.Errorf("table %s was\n%s\nand is\n%s", name, before[name], text)
				}
			}
		})
	}
}

// second drops a call's result.
func second[T any](_ T, err error) error { return err }

// Somebody else's ids are answered like ids that do not exist, and change
// nothing.
func TestStrangersFindNothing(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		c := newTown(w)
		me, victim := c.stranger.ID, c.victim.ID
		none := w.App.Accounts.NewID()
		force := func(ctx context.Context, o session.Order) error {
			o.Reason = "because"
			return second(w.App.Sessions.Force(ctx, c.boss, o))
		}
		reviewer := actor(audit.KindReviewer, me)
		c.nothing(t, []try{
			{"read a closure", func(ctx context.Context) error { return second(w.App.Closures.Get(ctx, c.reviewed.ID, me)) }, "closure_not_found"},
			{"read a certificate", func(ctx context.Context) error { return second(w.App.Closures.CertificateFile(ctx, c.closed, me)) }, "closure_not_found"},
			{"confirm", func(ctx context.Context) error {
				return second(w.App.Access.ConfirmClosure(ctx, session.Session{Account: me}, c.requested.ID, apptest.Password, netip.Addr{}))
			}, "closure_not_found"},
			{"withdraw", func(ctx context.Context) error { return second(w.App.Closures.Withdraw(ctx, me, c.reviewed.ID)) }, "closure_not_found"},
			{"withdraw no closure", func(ctx context.Context) error { return second(w.App.Closures.Withdraw(ctx, me, none)) }, "closure_not_found"},
			{"a made-up link", func(ctx context.Context) error {
				return second(w.App.Closures.WithdrawByLink(ctx, closure.StatusPrefix+none))
			}, "status_link_not_valid"},
			{"approve no closure", func(ctx context.Context) error { return second(w.App.Closures.Approve(ctx, reviewer, none)) }, "closure_not_found"},
			{"approve the own closure", func(ctx context.Context) error {
				return second(w.App.Closures.Approve(ctx, actor(audit.KindReviewer, victim), c.reviewed.ID))
			}, "review_own_closure"},
			{"reject what is not in review", func(ctx context.Context) error {
				return second(w.App.Closures.Reject(ctx, reviewer, c.requested.ID, "no"))
			}, "closure_state"},
			{"close nobody", func(ctx context.Context) error {
				_, _, err := w.App.Closures.Request(ctx, none, asWeCom.name, "")
				return err
			}, "account_not_found"},
			{"close under no policy", func(ctx context.Context) error {
				_, _, err := w.App.Closures.Request(ctx, me, "no-such", "")
				return err
			}, "policy_not_found"},
			{"hand over to a stranger", func(ctx context.Context) error {
				_, _, err := w.App.Closures.Request(ctx, me, asWeCom.name, victim)
				return err
			}, "validation_failed"},
			{"step no closure", func(ctx context.Context) error { return w.App.Closures.Step(ctx, none) }, "closure_not_found"},

			{"end a session as oneself", func(ctx context.Context) error { return second(w.App.Sessions.SignOut(ctx, me, c.session)) }, "session_not_found"},
			{"end a session as an admin", func(ctx context.Context) error {
				return force(ctx, session.Order{Scope: session.OneSession, Organisation: c.theirs.ID, Target: c.session})
			}, "session_not_found"},
			{"end no session as an admin", func(ctx context.Context) error {
				return force(ctx, session.Order{Scope: session.OneSession, Organisation: c.theirs.ID, Target: none})
			}, "session_not_found"},
			{"sign a person out", func(ctx context.Context) error {
				return force(ctx, session.Order{Scope: session.OnePerson, Organisation: c.theirs.ID, Target: victim})
			}, "account_not_found"},
			{"sign nobody out", func(ctx context.Context) error {
				return force(ctx, session.Order{Scope: session.OnePerson, Organisation: c.theirs.ID, Target: none})
			}, "account_not_found"},
			{"sign a department out", func(ctx context.Context) error {
				return force(ctx, session.Order{Scope: session.ADepartment, Organisation: c.theirs.ID, Target: c.department.ID})
			}, "department_not_found"},
			{"sign a company out", func(ctx context.Context) error {
				return force(ctx, session.Order{Scope: session.Organisation, Organisation: c.mine.ID})
			}, "organisation_not_found"},
			{"sign a person out without a company", func(ctx context.Context) error {
				return force(ctx, session.Order{Scope: session.OnePerson, Target: victim})
			}, "organisation_not_found"},

			{"complete a to-do", func(ctx context.Context) error { return w.App.Orgs.CompleteTodo(ctx, c.boss, me, c.todo.ID) }, "todo_not_found"},
			{"add a to-do", func(ctx context.Context) error {
				return second(w.App.Orgs.AddTodo(ctx, c.boss, org.Todo{Account: victim, Organisation: c.theirs.ID, Kind: org.Task, Title: "x"}))
			}, "member_not_found"},
			{"add a to-do for nobody", func(ctx context.Context) error {
				return second(w.App.Orgs.AddTodo(ctx, c.boss, org.Todo{Account: none, Organisation: c.theirs.ID, Kind: org.Task, Title: "x"}))
			}, "member_not_found"},
			{"attest", func(ctx context.Context) error {
				return second(w.App.Orgs.Attest(ctx, c.boss, org.Attestation{Account: victim, Organisation: c.theirs.ID, Kind: org.TaxDeregistration, Evidence: "x"}))
			}, "member_not_found"},
			{"attest without a company", func(ctx context.Context) error {
				return second(w.App.Orgs.Attest(ctx, c.boss, org.Attestation{Account: victim, Kind: org.TaxDeregistration, Evidence: "x"}))
			}, "validation_failed"},
			{"remove a member", func(ctx context.Context) error {
				return w.App.Access.RemoveMember(ctx, c.boss, c.theirs.ID, victim, "")
			}, "member_not_found"},
			{"remove nobody", func(ctx context.Context) error { return w.App.Access.RemoveMember(ctx, c.boss, c.theirs.ID, none, "") }, "member_not_found"},
			{"put a member into another's department", func(ctx context.Context) error {
				return w.App.Orgs.PutMember(ctx, c.boss, org.Member{Organisation: c.theirs.ID, Account: me, Role: org.Admin, Department: c.department.ID})
			}, "department_not_found"},
			{"put a member into no company", func(ctx context.Context) error {
				return w.App.Orgs.PutMember(ctx, c.boss, org.Member{Organisation: none, Account: me, Role: org.Admin})
			}, "organisation_not_found"},
			{"a department below another's", func(ctx context.Context) error {
				return second(w.App.Orgs.CreateDepartment(ctx, c.boss, c.theirs.ID, c.department.ID, "Spies"))
			}, "department_not_found"},
			{"certify no company", func(ctx context.Context) error { return w.App.Orgs.SetCertification(ctx, c.boss, none, org.Certified) }, "organisation_not_found"},

			{"release a binding", func(ctx context.Context) error { return w.App.Accounts.Release(ctx, c.boss, me, c.binding.ID) }, "binding_not_found"},
			{"settle an arrear", func(ctx context.Context) error { return w.App.Accounts.SettleArrear(ctx, c.boss, me, c.arrear.ID) }, "arrear_not_found"},
			{"take a name away", func(ctx context.Context) error {
				return w.App.Accounts.RemoveIdentifier(ctx, c.boss, me, c.victim.Identifiers[0])
			}, "identifier_not_found"},
			{"take a name over", func(ctx context.Context) error {
				return second(w.App.Accounts.AddIdentifier(ctx, c.boss, me, c.victim.Identifiers[0]))
			}, "identifier_taken"},
			{"take nobody's name away", func(ctx context.Context) error {
				return w.App.Accounts.RemoveIdentifier(ctx, c.boss, none, c.victim.Identifiers[0])
			}, "account_not_found"},
			{"revoke what was not granted", func(ctx context.Context) error { return w.App.Accounts.Revoke(ctx, c.boss, me, identity.Operator) }, "grant_not_found"},
		})
	})
}

// What has been closed can be neither changed nor closed again, and takes in
// nothing more.
func TestAClosedAccountStaysAsItIs(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		c := newTown(w)
		gone, by := c.gone.ID, actor(audit.KindOperator, "cli")
		c.nothing(t, []try{
			{"close again", func(ctx context.Context) error {
				_, _, err := w.App.Closures.Request(ctx, gone, asWeCom.name, "")
				return err
			}, "account_ending"},
			{"confirm again", func(ctx context.Context) error {
				return second(w.App.Access.ConfirmClosure(ctx, session.Session{Account: gone}, c.closed, apptest.Password, netip.Addr{}))
			}, "credentials_wrong"},
			{"withdraw", func(ctx context.Context) error { return second(w.App.Closures.Withdraw(ctx, gone, c.closed)) }, "closure_state"},
			{"approve", func(ctx context.Context) error {
				return second(w.App.Closures.Approve(ctx, actor(audit.KindReviewer, "r"), c.closed))
			}, "closure_state"},
			{"wake", func(ctx context.Context) error { return second(w.App.Closures.Wake(ctx)) }, ""},
			{"join", func(ctx context.Context) error {
				return w.App.Orgs.PutMember(ctx, by, org.Member{Organisation: c.mine.ID, Account: gone, Role: org.Ordinary})
			}, "account_ending"},
			{"a to-do", func(ctx context.Context) error {
				return second(w.App.Orgs.AddTodo(ctx, by, org.Todo{Account: gone, Kind: org.Task, Title: "personal"}))
			}, "account_ending"},
			{"bind", func(ctx context.Context) error {
				return second(w.App.Accounts.Bind(ctx, by, gone, "alipay", "personal"))
			}, "account_ending"},
			{"an arrear", func(ctx context.Context) error {
				return second(w.App.Accounts.AddArrear(ctx, by, identity.Arrear{Account: gone, Currency: "CNY", Amount: 1}))
			}, "account_ending"},
			{"flag", func(ctx context.Context) error { return w.App.Access.SetFlags(ctx, by, gone, true, false) }, "account_ending"},
			{"grant", func(ctx context.Context) error { return w.App.Accounts.Grant(ctx, by, gone, identity.Operator) }, "account_ending"},
			{"a new name", func(ctx context.Context) error {
				return second(w.App.Accounts.AddIdentifier(ctx, by, gone, identity.Identifier{Kind: identity.Username, Value: "lazarus"}))
			}, "account_ending"},
			{"a new password", func(ctx context.Context) error { return w.App.Access.SetPassword(ctx, by, gone, apptest.Password) }, "account_ending"},
			{"sign in", func(ctx context.Context) error {
				return second(w.App.Access.SignIn(ctx, access.Attempt{Name: c.gone.Identifiers[0].Value, Password: apptest.Password, Device: session.Device{Kind: session.Desktop}, App: "test"}))
			}, "credentials_wrong"},
			{"take the name over", func(ctx context.Context) error {
				return second(w.App.Accounts.AddIdentifier(ctx, by, c.stranger.ID, c.gone.Identifiers[0]))
			}, "identifier_reserved"},
		})
	})
}
