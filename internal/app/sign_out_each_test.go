package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// Several people are signed out together or not at all.
func TestSeveralPeopleAreSignedOutTogether(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		p := newDuty(w)
		v, name := w.Person()
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: v.ID, Role: org.Ordinary}))
		p.tokens = append(p.tokens, w.SignIn(name).Token)
		stranger, _ := w.Person()
		boss, _ := w.Person()
		w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: boss.ID, Role: org.SuperAdmin}))
		both := session.Several{Organisation: p.o.ID, Accounts: []string{v.ID, p.victim, v.ID}, Reason: "an audit"}
		would, err := w.App.Sessions.PreviewEach(ctx, p.one, both)
		if err != nil || would.Sessions != 4 || would.People != 2 || would.ByKind[session.Desktop].Sessions != 4 || would.Waits {
			t.Errorf("would end %+v, %v", would, err)
		}
		for code, account := range map[string]string{"account_not_found": stranger.ID, "owner_required": boss.ID} {
			if _, _, err := w.App.Sessions.ForceEach(ctx, p.one, session.Several{Organisation: p.o.ID, Accounts: []string{p.victim, account}, Reason: "x"}); !fault.Is(err, code) {
				t.Errorf("%s: %v", code, err)
			}
		}
		if _, _, err := w.App.Sessions.ForceEach(ctx, p.one, session.Several{Organisation: p.o.ID, Reason: "x"}); err == nil {
			t.Error("nobody was signed out")
		}
		if alive(w, p.tokens) != 4 {
			t.Fatal("somebody was signed out by a refused order")
		}
		ended, waiting, err := w.App.Sessions.ForceEach(ctx, p.one, both)
		if err != nil || ended != 4 || waiting != 0 || alive(w, p.tokens) != 0 || toldOf(w, v.ID, signal.SessionsEndedByAdmin) != 1 {
			t.Errorf("%d ended, %d wait, %v", ended, waiting, err)
		}
	})
}

// Nobody gets around the second person by naming people one after the other in
// one order; the other admin is asked once.
func TestSeveralPeopleTogetherNeedTheSecondPerson(t *testing.T) {
	four := func(c *config.Config, _ *app.World) { c.SignOut.ApprovalFrom = 4 }
	w := apptest.New(t, "sqlite", four)
	ctx := t.Context()
	p := newDuty(w)
	v, name := w.Person()
	w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: v.ID, Role: org.Ordinary}))
	p.tokens = append(p.tokens, w.SignIn(name).Token)
	both := session.Several{Organisation: p.o.ID, Accounts: []string{v.ID, p.victim}, Reason: "an audit"}
	would, err := w.App.Sessions.PreviewEach(ctx, p.one, both)
	if err != nil || !would.Waits {
		t.Errorf("would end %+v, %v", would, err)
	}
	ended, waiting, err := w.App.Sessions.ForceEach(ctx, p.one, both)
	if err != nil || ended != 0 || waiting != 2 || alive(w, p.tokens) != 4 || toldOf(w, p.two.ID, signal.SignOutWaitingApproval) != 1 {
		t.Errorf("%d ended, %d wait, %v", ended, waiting, err)
	}
	waits := func(by audit.Actor, organisations ...string) int {
		n, err := w.App.Sessions.WaitingFor(ctx, by, organisations...)
		w.Must(err)
		return n
	}
	other := w.Organisation(org.Creator)
	if waits(p.one, p.o.ID) != 0 || waits(p.two, p.o.ID) != 2 || waits(p.two, other.ID) != 0 || waits(actor(audit.KindOperator, "o")) != 2 {
		t.Error("the orders that wait are counted wrongly")
	}
	w.Clock.Advance(session.ApprovalWithin)
	if waits(p.two, p.o.ID) != 0 {
		t.Error("an order that has lapsed waits")
	}
}

func TestAnAdminSeesTheSessionsOfOwnMembersOnly(t *testing.T) {
	w := apptest.New(t, "sqlite")
	ctx := t.Context()
	p := newDuty(w)
	all, err := w.App.Sessions.SessionsOf(ctx, p.one, p.o.ID, p.victim)
	if err != nil || len(all) != 3 {
		t.Errorf("%d sessions, %v", len(all), err)
	}
	stranger, _ := w.Person()
	boss, _ := w.Person()
	w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: p.o.ID, Account: boss.ID, Role: org.SuperAdmin}))
	other := w.Organisation(org.Admin, stranger)
	for _, c := range []struct {
		by               audit.Actor
		organisation, of string
		code             string
	}{{p.one, p.o.ID, stranger.ID, "account_not_found"}, {p.one, p.o.ID, boss.ID, "owner_required"}, {p.one, other.ID, stranger.ID, "organisation_not_found"},
		{actor(audit.KindAdmin, p.victim), p.o.ID, p.victim, "organisation_not_found"}} {
		if _, err := w.App.Sessions.SessionsOf(ctx, c.by, c.organisation, c.of); !fault.Is(err, c.code) {
			t.Errorf("want %s: %v", c.code, err)
		}
	}
}
