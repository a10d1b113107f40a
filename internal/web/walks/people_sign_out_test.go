package walks

import (
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// An admin ends one session of somebody, whose next page says so.
func TestAnAdminEndsASession(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := c.Person()
			c.Must(c.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: c.ID, Account: a.ID, Role: org.Ordinary}))
			phone := c.on(who, session.Phone)
			person := signIn(c.window(t, webtest.Look{Screen: webtest.Desktop, Lang: look.Lang}), who)
			w := signIn(c.window(t, look), c.adminN)
			back := "/console/organisations/" + c.ID + "/people/" + a.ID
			w.Go(back).Press(word(w, "退出", "Sign out")).Sees(word(w, "1 人的 1 个登录", "1 session of 1 person")).Check("sign-out-session")
			w.Touch(word(w, "确认退出登录", "Sign out")).At("/console/organisations/" + c.ID + "/sign-out") // not without a reason
			w.Type("reason", "a lost laptop").Press(word(w, "确认退出登录", "Sign out")).At(back).Sees(word(w, "已退出 1 个登录", "Sessions that ended: 1"), "Test OS")
			person.Go("/settings").Sees(word(person, "登录状态已结束", "session has ended")).Check("sign-out-person")
			signIn(person, who).Go("/messages").Sees(word(person, "您已被退出登录", "You have been signed out"))
			if !c.Alive(phone) {
				t.Error("another session ended, too")
			}
		})
	}
}

func TestAnAdminSignsOutPeopleDepartmentsAndNotEverybody(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			one, two := c.on(c.oneN, session.Phone), c.on(c.twoN, session.Desktop)
			w := signIn(c.window(t, look), c.adminN)
			base := "/console/organisations/" + c.ID
			w.Go(base+"/people").Choose("target", c.one.ID).Choose("target", c.two.ID).Press(word(w, "让所选成员退出登录", "Sign out the chosen")).
				Sees(c.oneN, c.twoN, word(w, "2 人", "2 people")).Check("sign-out-people")
			w.Type("reason", "an audit").Press(word(w, "确认退出登录", "Sign out")).At(base + "/people")
			if c.Alive(one) || c.Alive(two) {
				t.Error("somebody is still signed in")
			}
			one, two = c.on(c.oneN, session.Phone), c.on(c.twoN, session.Desktop)
			w.Go(base + "/departments").Press(word(w, "全部退出：Sales", "Sign out all of Sales")).Sees("Sales").Check("sign-out-department")
			w.Type("reason", "an audit").Press(word(w, "确认退出登录", "Sign out")).At(base + "/departments")
			if c.Alive(one) || !c.Alive(two) {
				t.Error("not just the department was signed out")
			}
			w.Go(base + "/sign-out?scope=organisation").Sees(word(w, "没有权限", "Not allowed")).Check("sign-out-not-allowed")
			boss := signIn(c.window(t, look), c.bossN)
			boss.Go(base).Press(word(w, "让所有成员退出登录", "Sign out everybody")).Sees(word(w, "其中包括您自己", "You are among them")).Check("sign-out-organisation")
			boss.Type("reason", "an intruder").Press(word(w, "确认退出登录", "Sign out")).At("/sign-in")
			if c.Alive(two) {
				t.Error("somebody is still signed in")
			}
		})
	}
}

func TestASecondAdminDecidesOnAnOrder(t *testing.T) {
	t.Parallel()
	c := openCompany(t, func(c *config.Config, _ *app.World) { c.SignOut.ApprovalScopes = "account" })
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			token := c.on(c.oneN, session.Phone)
			ask := func() {
				w := signIn(c.window(t, look), c.adminN)
				w.Go("/console/organisations/" + c.ID + "/people/" + c.one.ID).Press(word(w, "全部退出登录", "Sign out everywhere")).
					Sees(word(w, "需要另一位管理员批准", "A second person must approve")).Check("order-ask")
				w.Type("reason", "a lost phone").Press(word(w, "提交，等待批准", "Ask for approval")).At("/console/orders").Sees(word(w, "等待批准", "Waiting")).Check("orders")
				w.Press(c.oneN).Sees(word(w, "须由另一位管理员处理", "Somebody else must decide")).SeesNot(word(w, "批准并执行", "Approve and sign out")).Check("order-own")
			}
			ask()
			if !c.Alive(token) {
				t.Fatal("an order was carried out that waits")
			}
			w := signIn(c.window(t, look), c.bossN)
			w.Go("/console/orders").Press(c.oneN).Sees("a lost phone", c.adminN).Check("order")
			w.Press(word(w, "拒绝", "Refuse")).At("/console/orders").Sees(word(w, "已拒绝", "refused"))
			if !c.Alive(token) {
				t.Fatal("a refused order was carried out")
			}
			ask()
			w.Go("/console/orders").Press(c.oneN).Press(word(w, "批准并执行", "Approve and sign out")).At("/console/orders").Sees(word(w, "已退出", "Sessions that ended"))
			w.Press(c.oneN).Sees(c.bossN, word(w, "处理完毕", "has been decided")).Check("order-over")
			if c.Alive(token) {
				t.Error("the order was not carried out")
			}
		})
	}
}

// Orders are decided by others than gave them, inside their organisation only.
func TestOrdersAreForThoseWhoMayDecide(t *testing.T) {
	t.Parallel()
	c := openCompany(t, func(c *config.Config, _ *app.World) { c.SignOut.ApprovalScopes = "account" })
	stranger, strangerN := c.Person()
	c.World.Organisation(org.Creator, stranger)
	admin := c.plain(t)
	admin.signIn(c.adminN)
	r := admin.send("POST", "/console/organisations/"+c.ID+"/sign-out", url.Values{"form_token": {admin.token("/console/organisations/" + c.ID + "/departments")},
		"scope": {"account"}, "target": {c.one.ID}, "reason": {"x"}})
	if r.StatusCode != 303 {
		t.Fatalf("asked with %d", r.StatusCode)
	}
	boss := c.plain(t)
	boss.signIn(c.bossN)
	list := boss.get("/console/orders").body
	at := strings.Index(list, "/console/orders/")
	path := list[at : at+strings.IndexByte(list[at:], '"')]
	if !strings.Contains(boss.get("/console").body, `<span class="dot">1</span>`) || strings.Contains(admin.get("/console").body, `<span class="dot">1</span>`) {
		t.Error("the menu does not count the orders that somebody can decide on")
	}
	for who, want := range map[string]int{c.adminN: 403, strangerN: 404, c.oneN: 404} {
		p := c.plain(t)
		p.signIn(who)
		token := p.token("/sign-out")
		for _, decision := range []string{"/approve", "/refuse"} {
			if r := p.send("POST", path+decision, url.Values{"form_token": {token}}); r.StatusCode != want {
				t.Errorf("%s %s: %d, want %d", who, decision, r.StatusCode, want)
			}
		}
		if r := p.get(path); want == 404 && r.StatusCode != 404 {
			t.Errorf("%s reads it: %d", who, r.StatusCode)
		}
	}
	if r := boss.send("POST", path+"/refuse", url.Values{"form_token": {boss.token("/sign-out")}}); r.StatusCode != 303 {
		t.Errorf("refused with %d", r.StatusCode)
	}
	if !c.Alive(c.oneToken) {
		t.Error("somebody was signed out by an order that nobody approved")
	}
}
