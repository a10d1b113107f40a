package walks

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/work"
)

// withApps names apps, and reminds of passwords soon.
func withApps(c *config.Config, _ *app.World) {
	named := func(id, chinese, english, url, icon, organisation string) config.App {
		return config.App{ID: id, Name: config.AppName{Chinese: chinese, English: english}, URL: url, Icon: icon, Organisation: organisation}
	}
	c.Apps = []config.App{
		named("crm", "客户管理", "Customers", "https://crm.example.com/", "users", ""),
		named("documents", "文档", "Documents", "https://documents.example.com/", "file-text", ""),
		named("help", "帮助中心", "Help centre", "/help", "", ""),
		named("secret", "董事会", "Board room", "https://board.example.com/", "building", "some-other-organisation"),
	}
	c.Password.AgeReminder = 24 * time.Hour
}

// leaves signs in to an app, stores a state there, and signs out.
func (s *site) leaves(who, app string) {
	s.T.Helper()
	in, err := s.App.Access.SignIn(s.T.Context(), access.Attempt{Name: who, Password: apptest.Password, Device: session.Device{Kind: session.Desktop}, App: app})
	s.Must(err)
	_, err = s.App.States.Keep(s.T.Context(), work.Holder{Account: in.Session.Account, Session: in.Session.ID, App: app}, 0, json.RawMessage(`{"page":"/orders/1042"}`))
	s.Must(err)
	_, err = s.App.Sessions.SignOut(s.T.Context(), in.Session.Account, in.Session.ID)
	s.Must(err)
}

func TestTheHomePageShowsAppsAndWhereOneWas(t *testing.T) {
	t.Parallel()
	s := open(t, withApps)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who, o := s.burdened()
			s.leaves(who, "crm")
			s.Clock.Advance(2 * time.Hour)
			s.leaves(who, "documents")
			s.leaves(who, "an app that nobody named")
			s.Clock.Advance(48 * time.Hour)
			boss, _ := s.Person()
			s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: boss.ID, Role: org.SuperAdmin}))
			_, err := s.App.Orgs.AskTransfer(t.Context(), boss.ID, org.NewTransfer{Organisation: o.ID, Successor: a.ID, Role: org.SuperAdmin})
			s.Must(err)
			w := signIn(s.window(t, look), who)
			w.Sees(word(w, "客户管理", "Customers"), word(w, "从上次离开的地方继续", "Continue where you were"), word(w, "有人请您接手", "You are asked to take over"),
				word(w, "2 项待办和审批", "2 to-dos and approvals"), word(w, "您的密码已较长时间未修改", "Your password is getting old"), word(w, "未读消息", "unread message"))
			w.SeesNot(word(w, "董事会", "Board room"), "orders/1042", "nobody named").Check("home")
			_, stops, _ := strings.Cut(w.Text(), word(w, "从上次离开的地方继续", "Continue where you were"))
			if strings.Index(stops, word(w, "文档", "Documents")) > strings.Index(stops, word(w, "客户管理", "Customers")) {
				t.Error("where somebody was last does not come first")
			}
			w.Press(word(w, "帮助中心", "Help centre")).At("/help")
			w.Go("/").Press(word(w, "2 项待办和审批", "2 to-dos and approvals")).At("/todos")
		})
	}
}

func TestAHomePageWithoutApps(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			_, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Sees(word(w, "还没有应用", "No apps yet")).SeesNot(word(w, "从上次离开的地方继续", "Continue where you were")).Check("home-empty")
		})
	}
}

// An app of an organisation is for its members; what waits for others is told to
// nobody else.
func TestTheHomePageTellsNobodyOfOthersThings(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	c.App.Config.Apps = []config.App{{ID: "board", Name: config.AppName{Chinese: "董事会", English: "Board room"}, URL: "https://board.example.com/", Organisation: c.ID}}
	s := again(t, c.World)
	stranger, strangerN := c.Person()
	_, err := c.App.Orgs.AskTransfer(t.Context(), c.boss.ID, org.NewTransfer{Organisation: c.ID, Successor: c.one.ID, Role: org.Creator})
	c.Must(err)
	reviewed, _ := c.Person()
	c.Confirm(reviewed, "wecom")
	reviewer, reviewerN := c.Person()
	c.as(reviewer, identity.Reviewer)
	_, _, err = c.App.Closures.Request(t.Context(), stranger.ID, "wecom", "")
	c.Must(err)
	for who, sees := range map[string][]string{
		c.oneN:    {"Board room", "You are asked to take over"},
		c.twoN:    {"Board room"},
		c.bossN:   {"Board room"},
		strangerN: {"You have requested the closure of your account"},
		reviewerN: {"1 closure waits for review"},
	} {
		p := s.plain(t)
		p.signIn(who)
		body := p.get("/").body
		for _, words := range []string{"Board room", "You are asked to take over", "You have requested the closure of your account", "1 closure waits for review"} {
			wanted := false
			for _, see := range sees {
				wanted = wanted || see == words
			}
			if strings.Contains(body, words) != wanted {
				t.Errorf("%s sees %q: %v", who, words, !wanted)
			}
		}
	}
}

// A sign-out that waits for a second person is told to those who may approve it,
// and not to who gave the order.
func TestTheHomePageTellsAdminsOfWhatWaitsForThem(t *testing.T) {
	t.Parallel()
	c := openCompany(t, func(c *config.Config, _ *app.World) { c.SignOut.ApprovalScopes = "account" })
	_, err := c.App.Sessions.Force(t.Context(), audit.Actor{Kind: audit.KindAdmin, ID: c.admin.ID},
		session.Order{Scope: session.OnePerson, Organisation: c.ID, Target: c.one.ID, Reason: "left"})
	c.Must(err)
	for who, told := range map[string]bool{c.bossN: true, c.adminN: false, c.twoN: false} {
		p := c.plain(t)
		p.signIn(who)
		if got := strings.Contains(p.get("/").body, `href="/console/orders"`); got != told {
			t.Errorf("%s is told: %v", who, got)
		}
	}
}
