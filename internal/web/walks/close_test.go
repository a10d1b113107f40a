package walks

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/webtest"
	"github.com/signoff-id/signoff/internal/work"
)

// finished lets time erase and certify a closure.
func (s *site) finished(id string) {
	s.T.Helper()
	s.Drain(id)
	_, err := s.App.Audit.Sequence(s.T.Context())
	s.Must(err)
	if v := s.Drain(id); v.State != closure.Closed {
		s.T.Fatalf("it is %s", v.State)
	}
}

// closureOf gives the id of somebody's closure in a state.
func (s *site) closureOf(account string, state closure.State) string {
	s.T.Helper()
	all, err := s.App.Closures.List(s.T.Context(), closure.Filter{Account: account, State: state, Limit: 1})
	s.Must(err)
	if len(all) == 0 {
		s.T.Fatalf("no closure of theirs is %s", state)
	}
	return all[0].ID
}

// closes types the last words of a closure.
func closes(w *webtest.Window) {
	w.T.Helper()
	w.Type("word", word(w, "注销", "CLOSE")).Type("password", apptest.Password).Press(word(w, "确认注销", "Close my account"))
}

// From the warning to the verified certificate, with a data holder that fails for
// a while.
func TestSomebodyClosesTheAccountAtOnce(t *testing.T) {
	t.Parallel()
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			broken := &cabinet{}
			s := open(t, withHolder(t, broken))
			a, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account").Check("close-know").Choose("policy", "dingtalk")
			w.Press(word(w, "下一步：检查条件", "Next: the conditions")).At("/settings/close-account/conditions").Check("close-conditions")
			w.Press(word(w, "下一步：验证身份", "Next: prove who you are")).At("/settings/close-account/confirm").Check("close-confirm")
			w.Go("/settings/close-account").Press(word(w, "继续确认", "Go on and confirm"))
			w.Type("word", "wrong").Type("password", apptest.Password).Press(word(w, "确认注销", "Close my account"))
			w.At("/settings/close-account/confirm").Check("close-wrong-word")
			closes(w.Go("/settings/close-account/confirm"))
			w.At("/closure-status").Sees(word(w, "正在删除您的数据", "Your data is being erased"), word(w, "等待删除", "waiting")).Check("status-erasing")
			w.SeesNot(word(w, "撤销注销", "Withdraw the closure"), who)
			w.Back().At("/sign-in").SeesNot(who, word(w, "确认注销", "Close my account"))
			c := s.closureOf(a.ID, closure.Erasing)
			_, err := s.App.Closures.Part(t.Context(), c, "cabinet")
			s.Must(err)
			s.Clock.Advance(40 * 24 * time.Hour)
			w.Go("/closure-status").Sees(word(w, "耗时较长", "takes longer"), word(w, "本应在", "should have been")).Check("status-overdue")
			broken.mend()
			s.finished(c)
			w.Go("/closure-status").Sees(word(w, "账号已注销", "Your account is closed"), word(w, "已删除并检查", "erased and checked")).Check("status-closed")
			certificateIsVerified(w)
		})
	}
}

// certificateIsVerified reads the certificate in both languages and has it
// checked.
func certificateIsVerified(w *webtest.Window) {
	w.T.Helper()
	w.Press(word(w, "查看注销凭证", "See the certificate")).At("/closure-status/certificate").Sees("papers", "1,200", "2036-01-31", word(w, "税收征收管理法", "Tax law")).Check("certificate")
	w.Press(word(w, "验证", "Verify")).At("/closure-status/certificate").Sees(word(w, "凭证真实，未被改动", "genuine and unchanged")).Check("certificate-verified")
	w.Press(word(w, "In English", "中文版")).At("/closure-status/certificate").Sees(word(w, "Certificate of account closure", "账号注销凭证"), "papers", "signoff certificate verify")
}

// A review, a cooling-off, and both ways back.
func TestSomebodyClosesTheAccountInDays(t *testing.T) {
	t.Parallel()
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			s := open(t)
			a, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account").Choose("policy", "wecom").Press(word(w, "下一步：检查条件", "Next: the conditions"))
			w.Press(word(w, "下一步：验证身份", "Next: prove who you are"))
			closes(w)
			w.At("/closure-status").Sees(word(w, "正在审核", "Under review"), word(w, "15 天", "15 days")).Check("status-review")
			c := s.closureOf(a.ID, closure.InReview)
			_, err := s.App.Closures.Approve(t.Context(), app.Actor(), c)
			s.Must(err)
			s.Clock.Advance(3*24*time.Hour + 5*time.Hour)
			w.Go("/closure-status").Sees(word(w, "审核通过", "Approved by a reviewer"), word(w, "11 天 19 小时", "11 days 19 hours")).Check("status-cooling")
			w.Press(word(w, "撤销注销", "Withdraw the closure")).At("/closure-status/withdraw").Check("status-sure")
			w.Press(word(w, "保留账号", "Keep my account")).At("/closure-status").Sees(word(w, "您可以照常登录", "You can sign in as usual")).Check("status-withdrawn")
			if got := stateOf(s, c); got != closure.Withdrawn {
				t.Errorf("it is %s", got)
			}
			w.Go("/closure-status/withdraw").At("/closure-status")
			again := s.Confirm(a, "wecom")
			w.Go("/sign-in").Type("name", who).Type("password", apptest.Password).Press(word(w, "登录", "Sign in"))
			w.At("/").Sees(word(w, "正在进行的注销申请随之撤销", "your closure has been withdrawn")).Check("sign-in-withdrew")
			openLink(s, w, again).Sees(word(w, "因登录而撤销注销", "Withdrawn by signing in"))
			rejected := s.Confirm(a, "wecom")
			_, err = s.App.Closures.Reject(t.Context(), app.Actor(), rejected.Closure.ID, "请先交还门禁卡")
			s.Must(err)
			openLink(s, w, rejected).Sees("请先交还门禁卡").Check("status-rejected")
		})
	}
}

// openLink opens the private link of a closure: without scripts it is pasted.
func openLink(s *site, w *webtest.Window, c closure.Confirmed) *webtest.Window {
	w.T.Helper()
	link := s.App.Closures.StatusLink(c.StatusToken)
	if !w.Look.NoScripts {
		return w.Go("/help").Go(s.path(link)).At("/closure-status")
	}
	return w.Go("/closure-status?other=yes").Check("status-paste").Type("token", link).Press(word(w, "继续", "Continue")).At("/closure-status")
}

// inPage gives the session that somebody has in the pages.
func (s *site) inPage(account string) string {
	s.T.Helper()
	all, err := s.App.Sessions.List(s.T.Context(), account)
	s.Must(err)
	if len(all) != 1 {
		s.T.Fatalf("%d sessions", len(all))
	}
	return all[0].ID
}

// handing is a data holder that hands over.
type handing struct{ cabinet }

func (*handing) Describe() holder.Description {
	return holder.Description{Name: "crm", Kind: "sqldb", Items: []holder.Described{{Name: "customers", Action: holder.Reassign}}}
}

// A condition stands in the way; what was typed meanwhile stays.
func TestABlockedClosureGoesOnOnceItIsResolved(t *testing.T) {
	t.Parallel()
	s := open(t, withHolder(t, &handing{}))
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			o := s.Organisation(org.Ordinary, a)
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account/conditions?policy=dingtalk").Sees(word(w, "您仍在 1 个企业中", "that you still belong to: 1")).Check("close-blocked")
			w.SeesNot(word(w, "下一步：验证身份", "Next: prove who you are")).Type("successor_id", "half")
			w.Press(word(w, "重新检查", "Check again")).Sees(word(w, "重新检查", "Check again"))
			s.Must(s.App.Access.RemoveMember(t.Context(), app.Actor(), o.ID, a.ID, s.inPage(a.ID)))
			if look.NoScripts {
				w.Press(word(w, "重新检查", "Check again"))
			} else {
				webtest.Eval[bool](w, `(htmx.trigger('#conditions', 'every 20s'), htmx.ajax('GET', document.querySelector('#conditions').getAttribute('hx-get'), '#conditions'), true)`)
			}
			w.Sees(word(w, "下一步：验证身份", "Next: prove who you are"))
			if typed := webtest.Eval[string](w, `document.querySelector('[name=successor_id]').value`); typed != "half" {
				t.Errorf("of what was typed %q is left", typed)
			}
			w.Press(word(w, "下一步：验证身份", "Next: prove who you are")).Check("close-successor-refused")
			w.Type("successor_id", "").Press(word(w, "下一步：验证身份", "Next: prove who you are")).At("/settings/close-account/confirm")
			pending := s.Organisation(org.Ordinary, a)
			closes(w)
			w.Sees(word(w, "您仍在 1 个企业中", "that you still belong to: 1")).Check("close-blocked-again")
			s.Must(s.App.Access.RemoveMember(t.Context(), app.Actor(), pending.ID, a.ID, s.inPage(a.ID)))
			w.Press(word(w, "不注销了", "Keep my account, withdraw")).Sees(word(w, "申请已撤销", "The request is withdrawn"))
		})
	}
}

// Work that an app has announced is asked about before sessions end.
func TestAClosureAsksAboutUnsavedWork(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account/conditions?policy=wecom").Press(word(w, "下一步：验证身份", "Next: prove who you are"))
			_, err := s.App.Sessions.Announce(t.Context(), s.SignIn(who).Session, work.Item{Kind: work.Unsaved, What: "报价单 Q3"}, time.Minute)
			s.Must(err)
			closes(w)
			w.At("/settings/close-account/confirm").Sees("报价单 Q3").Check("close-work")
			w.Type("word", word(w, "注销", "CLOSE")).Type("password", apptest.Password).Press(word(w, "仍然注销", "Close anyway")).At("/closure-status")
			s.closureOf(a.ID, closure.InReview)
		})
	}
}

// The pages of a closure's link are for whoever has it, and for nobody else.
func TestThePrivateLinkOfAClosure(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	done := s.Confirm(a, "wecom")
	p := s.plain(t)
	take := func(token string) answer {
		return p.send("POST", "/closure-status/link", url.Values{"form_token": {p.token("/closure-status")}, "token": {token}})
	}
	for token, status := range map[string]int{"": 422, "soc_of_nobody": 401, s.SignIn(who).Token: 401} {
		if r := take(token); r.StatusCode != status || token != "" && strings.Contains(r.body, token) {
			t.Errorf("%q: %d", token, r.StatusCode)
		}
	}
	again := s.Confirm(a, "wecom") // the sign-in has withdrawn the first
	for _, path := range []string{"/closure-status/withdraw", "/closure-status/certificate", "/closure-status/certificate/file"} {
		if r := p.get(path); r.StatusCode != 303 || r.Header.Get("Location") != "/closure-status" {
			t.Errorf("%s without a link: %d", path, r.StatusCode)
		}
	}
	r := take(s.App.Closures.StatusLink(again.StatusToken))
	if c := r.Cookies(); r.StatusCode != 303 || r.Header.Get("Location") != "/closure-status" || len(c) != 1 || !c[0].HttpOnly || c[0].MaxAge <= 0 {
		t.Fatalf("the link: %d %v", r.StatusCode, r.Header)
	}
	if r := p.get("/closure-status"); r.StatusCode != 200 || r.Header.Get("Cache-Control") != "no-store" || !strings.Contains(r.body, `data-state="in_review"`) || strings.Contains(r.body, who) || strings.Contains(r.body, a.ID) {
		t.Errorf("the page: %d %v", r.StatusCode, r.Header)
	}
	if r := p.get("/closure-status", "HX-Request", "true"); r.StatusCode != 200 || strings.Contains(r.body, "<html") || len(r.Cookies()) != 0 {
		t.Errorf("looking by itself: %d %v", r.StatusCode, r.Cookies())
	}
	other := s.plain(t)
	if r := p.send("POST", "/closure-status/withdraw", url.Values{"form_token": {other.token("/closure-status")}}); r.StatusCode != 403 || stateOf(s, again.Closure.ID) != closure.InReview {
		t.Errorf("a form of another browser: %d", r.StatusCode)
	}
	if r := p.get("/closure-status/certificate"); r.StatusCode != 303 {
		t.Errorf("a certificate that is none yet: %d", r.StatusCode)
	}
	for range 2 { // the second finds that it is done
		if r := p.send("POST", "/closure-status/withdraw", url.Values{"form_token": {p.token("/closure-status")}}); r.StatusCode != 303 || stateOf(s, again.Closure.ID) != closure.Withdrawn {
			t.Errorf("withdrawn: %d", r.StatusCode)
		}
	}
	if s.Entries("closure.withdrawn", a.ID) != 1 || done.Closure.ID == again.Closure.ID {
		t.Error("it was not withdrawn once")
	}
}

// The file is the signed one, to the byte.
func TestTheCertificatesFile(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, _ := s.Person()
	done := s.Confirm(a, "dingtalk")
	s.finished(done.Closure.ID)
	p := s.plain(t)
	p.send("POST", "/closure-status/link", url.Values{"form_token": {p.token("/closure-status")}, "token": {done.StatusToken}})
	file, err := s.App.Closures.CertificateByLink(t.Context(), done.StatusToken)
	s.Must(err)
	r := p.get("/closure-status/certificate/file")
	if r.body != string(file) || r.Header.Get("Content-Disposition") != `attachment; filename="closure-certificate.json"` || r.Header.Get("Content-Type") != "application/json" {
		t.Errorf("the file: %v", r.Header)
	}
	if r := p.get("/closure-status/certificate?verify=yes"); r.StatusCode != 200 || !strings.Contains(r.body, `id="verified"`) || !strings.Contains(r.body, s.url+"/v1/keys") {
		t.Errorf("the check: %d", r.StatusCode)
	}
	db := s.App.DB
	_, err = db.Write.ExecContext(t.Context(), `UPDATE certificates SET file = $1`, strings.Replace(string(file), `"count":`, `"count":1`, 1))
	s.Must(err)
	if r := p.get("/closure-status/certificate"); r.StatusCode != 200 || !strings.Contains(r.body, `data-code="certificate_`) || strings.Contains(r.body, "papers") {
		t.Errorf("an altered certificate: %d", r.StatusCode)
	}
}

// A form of the account before closes nothing of the next.
func TestAClosuresFormIsOfOneAccount(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, one := s.Person()
	b, two := s.Person()
	p := s.plain(t)
	p.signIn(one)
	of := p.token("/settings/close-account/conditions")
	p.send("POST", "/sign-in", url.Values{"form_token": {p.token("/sign-in?add=yes")}, "name": {two}, "password": {apptest.Password}})
	for _, path := range []string{"/settings/close-account/conditions", "/settings/close-account/confirm", "/settings/close-account/withdraw"} {
		if r := p.send("POST", path, url.Values{"form_token": {of}, "policy": {"wecom"}}); r.StatusCode != 403 {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	if s.Entries("closure.requested", b.ID) != 0 {
		t.Error("it was requested for another account")
	}
}
