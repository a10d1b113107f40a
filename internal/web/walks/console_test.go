package walks

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

func TestTheConsoleShowsEachRoleItsOwn(t *testing.T) {
	t.Parallel()
	s := open(t)
	boss, operator := s.Person()
	s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), boss.ID, identity.Operator))
	s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), boss.ID, identity.Reviewer))
	chief, admin := s.Person()
	s.Organisation(org.Admin, chief)
	_, nobody := s.Person()
	leaver, _ := s.Person()
	id := s.Confirm(leaver, "wecom").Closure.ID
	s.Clock.Advance(13 * 24 * time.Hour) // the review is overdue
	s.SignIn(admin)
	s.counted(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(s.window(t, look), operator)
			w.Go("/console").Sees(id, word(w, "已逾期", "Overdue"), word(w, "全平台当前在线", "Online now, everybody"), word(w, "待审核", "Waiting for review"))
			w.Check("console-operator").SeesNot(word(w, "当前在线：", "Online now: "))
			w = signIn(s.window(t, look), admin)
			w.Go("/console").Sees(word(w, "当前在线：Test", "Online now: Test")).Check("console-admin").SeesNot(id)
			w = signIn(s.window(t, look), nobody)
			w.Go("/console").Check("console-nobody").SeesNot(word(w, "当前在线", "Online now"))
		})
	}
}

// The numbers follow who comes, and stop with the session of whoever looks.
func TestTheConsoleIsLiveUntilTheSessionEnds(t *testing.T) {
	t.Parallel()
	s := open(t)
	chief, admin := s.Person()
	worker, name := s.Person()
	o := s.Organisation(org.Admin, chief)
	s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: worker.ID, Role: org.Ordinary}))
	w := signIn(s.window(t, webtest.Look{Screen: webtest.Desktop, Lang: "en"}), admin)
	w.Go("/console").Sees("Live", "People\n1")
	s.SignIn(name)
	w.Sees("People\n2").Check("console-live")
	_, err := s.App.Sessions.SignOutAll(t.Context(), chief.ID, "", "")
	s.Must(err)
	w.Sees("Your session has ended").Check("console-ended").SeesNot("Live\n")
	w.Press("Sign in again").At("/sign-in")
}

func TestTheConsoleIsLiveUntilTheRightEnds(t *testing.T) {
	t.Parallel()
	s := open(t)
	chief, admin := s.Person()
	o := s.Organisation(org.Admin, chief)
	w := signIn(s.window(t, webtest.Look{Screen: webtest.Desktop, Lang: "zh-CN"}), admin)
	w.Go("/console").Sees("实时")
	s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: chief.ID, Role: org.Ordinary}))
	w.Sees("您已不再管理").Check("console-right-ended")
}
