package e2e_test

import (
	"slices"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/delivery"
)

func TestSignOutOrders(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "admins sign others out", adminsSignOthersOut)
		s.run(t, "admins reach only their own", adminsReachOnlyTheirOwn)
	})
}

func kindsOf(all []delivery.Notice) (kinds []string) {
	for _, n := range all {
		kinds = append(kinds, n.Kind)
	}
	return kinds
}

// An admin ends a session, a person, a department with all below it, and the
// whole organisation; whoever is signed out is told why.
func adminsSignOthersOut(t *testing.T, s *stage) {
	c := s.company("远航科技有限公司")
	sales := s.department(c, "销售部", "")
	north := s.department(c, "华北区", sales)
	support := s.department(c, "客服部", "")
	at := func(department string) *person {
		p := s.person()
		s.place(c, p, client.NewMember{Role: client.Ordinary, DepartmentID: department})
		return p
	}
	seller, northerner, helper, idle := at(sales), at(north), at(support), at(north)
	s.Must(idle.SignOut(t.Context()))
	phone := s.signInAs(helper, client.Phone)
	order := func(scope client.SignOutScope, target string) client.SignOutOrder {
		return client.SignOutOrder{Scope: scope, Target: target, OrganisationID: c.ID, Reason: "设备遗失 lost device"}
	}
	s.ends(c.admin.Client, order(client.OneSession, phone.Session.ID), 1)
	s.live(t, "one session", map[string]bool{phone.Token: false, helper.Token(): true})
	s.ends(c.admin.Client, order(client.OneAccount, helper.id), 1)
	s.live(t, "one person", map[string]bool{helper.Token(): false, seller.Token(): true})
	s.ends(c.admin.Client, order(client.OneDepartment, sales), 2)
	s.live(t, "a department with what is below it", map[string]bool{seller.Token(): false, northerner.Token(): false, c.worker.Token(): true})
	for _, p := range []*person{helper, seller, northerner} {
		if n := s.told(p, "sessions_ended_by_admin"); n.Args["reason"] != "设备遗失 lost device" {
			t.Errorf("told %q", n.Args)
		}
	}
	_, err := c.admin.SignOutWith(t.Context(), client.SignOutOrder{Scope: client.WholeOrganisation, OrganisationID: c.ID, Reason: "not mine to do"})
	if !client.HasCode(err, "owner_required") {
		t.Errorf("an admin signed out the creator with everybody: %v", err)
	}
	s.everybody(c.creator, c)
	s.live(t, "everybody", map[string]bool{c.worker.Token(): false, c.admin.Token(): false, c.creator.Token(): false, s.operator.Token(): true})
	s.settle()
	if slices.Contains(kindsOf(s.mail.to(idle.email)), "sessions_ended_by_admin") {
		t.Error("somebody without a session was told that it ended")
	}
	s.ends(s.operator, client.SignOutOrder{Scope: client.OneAccount, Target: s.person().id, Reason: "by the operator"}, 1)
}

// An admin reaches nobody outside the own organisation, by whatever way.
func adminsReachOnlyTheirOwn(t *testing.T, s *stage) {
	ctx := t.Context()
	ours, theirs := s.company("Ours"), s.company("Theirs")
	foreign := s.department(theirs, "Sales", "")
	s.place(theirs, theirs.worker, client.NewMember{Role: client.Ordinary, DepartmentID: foreign})
	theirSessions, err := theirs.worker.Sessions(ctx)
	s.Must(err)
	target := theirSessions[0].ID
	s.settle()
	before := s.dump()
	for _, c := range []struct {
		order client.SignOutOrder
		code  string
	}{
		{client.SignOutOrder{Scope: client.OneSession, Target: target}, "session_not_found"},
		{client.SignOutOrder{Scope: client.OneAccount, Target: theirs.worker.id}, "account_not_found"},
		{client.SignOutOrder{Scope: client.OneDepartment, Target: foreign}, "department_not_found"},
		{client.SignOutOrder{Scope: client.OneAccount, Target: ours.ID}, "account_not_found"},
	} {
		for _, by := range []*person{ours.admin, ours.creator} {
			for organisation, code := range map[string]string{ours.ID: c.code, theirs.ID: "organisation_not_found", "unknown": "organisation_not_found"} {
				c.order.OrganisationID, c.order.Reason = organisation, "a reason"
				if _, err := by.SignOutWith(ctx, c.order); !client.HasCode(err, code) {
					t.Errorf("%s through %s: %v, want %s", c.order.Scope, organisation, err, code)
				}
			}
		}
	}
	for _, by := range []*person{ours.admin, ours.worker} {
		if _, err := by.SignOutWith(ctx, client.SignOutOrder{Scope: client.WholeOrganisation, OrganisationID: theirs.ID, Reason: "a reason"}); !client.HasCode(err, "organisation_not_found") {
			t.Errorf("another organisation: %v", err)
		}
	}
	if _, err := ours.worker.SignOutWith(ctx, client.SignOutOrder{Scope: client.OneAccount, Target: ours.admin.id, OrganisationID: ours.ID, Reason: "a reason"}); !client.HasStatus(err, 404) && !client.HasStatus(err, 403) {
		t.Errorf("a member gives orders: %v", err)
	}
	s.mustBe(before)
	s.live(t, "nobody was signed out", map[string]bool{theirs.worker.Token(): true, theirs.admin.Token(): true, ours.admin.Token(): true})
}
