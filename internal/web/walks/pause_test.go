package walks

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/work"
)

// The way from the closure to the milder choice, and back to the account.
func TestSomebodyPausesTheAccount(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			elsewhere := s.SignIn(who)
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account").Press(word(w, "停用账号", "Pause the account")).At("/settings/pause").Check("pause")
			s.Clock.Advance(time.Hour)
			_, err := s.App.Sessions.Announce(t.Context(), elsewhere.Session, work.Item{Kind: work.Unsaved, What: "Draft 7"}, time.Minute)
			s.Must(err)
			w.Press(word(w, "继续停用", "Go on")).At("/prove").Type("password", apptest.Password).Press(word(w, "继续", "Continue"))
			w.At("/settings/pause/confirm").Sees("Draft 7").Check("confirm")
			if !s.Alive(elsewhere.Token) {
				t.Error("asking has ended a session")
			}
			w.Press(word(w, "确认停用", "Pause now")).At("/paused").Sees(word(w, "所有设备均已退出", "signed out everywhere")).Check("paused")
			got, err := s.App.Accounts.Get(t.Context(), a.ID)
			if err != nil || got.State != identity.Paused || s.Alive(elsewhere.Token) || s.Entries("account.paused", a.ID) != 1 {
				t.Errorf("the account is %s, %v", got.State, err)
			}

			w.Go("/settings/security").At("/sign-in").Type("name", who).Type("password", apptest.Password).Press(word(w, "登录", "Sign in"))
			refusedAs(w, "account_paused")
			w.Check("sign-in-paused").Choose("resume", "yes").Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/settings/security")
			w.Sees(word(w, "账号已恢复使用", "is resumed"))
		})
	}
}

func TestAPauseUntilADay(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	p := s.plain(t)
	p.signIn(who)
	token := p.token("/settings/pause/confirm")
	pause := func(until string) answer {
		return p.send("POST", "/settings/pause/confirm", url.Values{"form_token": {token}, "until": {until}})
	}
	for _, until := range []string{"yesterday", "2020-01-01", s.Clock.Now().AddDate(9, 0, 0).Format("2006-01-02")} {
		if r := pause(until); r.StatusCode != 422 || !strings.Contains(r.body, `value="`+until+`"`) || !strings.Contains(r.body, "until-wrong") {
			t.Errorf("a pause until %s: %d", until, r.StatusCode)
		}
	}
	day := s.Clock.Now().AddDate(0, 1, 0)
	if r := pause(day.Format("2006-01-02")); r.Header.Get("Location") != "/paused" || !strings.Contains(r.Header.Get("Clear-Site-Data"), "storage") {
		t.Fatalf("paused with %d", r.StatusCode)
	}
	if r := p.get("/paused"); !strings.Contains(r.body, "paused until "+day.Format("2 Jan 2006")) {
		t.Error("the page does not say until when")
	}
	rest, err := s.App.Access.Rest(t.Context(), a.ID)
	s.Must(err)
	if want := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.FixedZone("UTC+8", 8*60*60)); !rest.Until.Equal(want) {
		t.Errorf("it ends at %s, not at %s", rest.Until, want)
	}
	if r := pause(""); r.StatusCode != 303 || !strings.HasPrefix(r.Header.Get("Location"), "/sign-in") {
		t.Errorf("a second tab pauses again with %d", r.StatusCode)
	}
}

func TestWhatForbidsAPauseOnThePage(t *testing.T) {
	t.Parallel()
	s := open(t)
	creator, boss := s.Person()
	s.Organisation(org.Creator, creator)
	closing, leaver := s.Person()
	_, _, err := s.App.Closures.Request(t.Context(), closing.ID, "dingtalk", "")
	s.Must(err)
	for who, want := range map[string][2]string{boss: {"last_admin", "/settings/organisations"}, leaver: {"closure_open", "/settings/close-account"}} {
		p := s.plain(t)
		p.signIn(who)
		r := p.send("POST", "/settings/pause/confirm", url.Values{"form_token": {p.token("/settings/pause/confirm")}})
		if r.StatusCode != 409 || !strings.Contains(r.body, `data-code="`+want[0]+`"`) || !strings.Contains(r.body, `href="`+want[1]+`"`) {
			t.Errorf("%s: %d", want[0], r.StatusCode)
		}
	}
	_, who := s.Person()
	p, other := s.plain(t), s.plain(t)
	p.signIn(who)
	other.signIn(boss)
	if r := p.send("POST", "/settings/pause/confirm", url.Values{"form_token": {other.token("/settings/pause/confirm")}}); r.StatusCode != 403 {
		t.Errorf("the form of another account: %d", r.StatusCode)
	}
	token := p.token("/settings/pause/confirm")
	s.Clock.Advance(time.Hour)
	if r := p.send("POST", "/settings/pause/confirm", url.Values{"form_token": {token}}); !strings.HasPrefix(r.Header.Get("Location"), "/prove?") {
		t.Errorf("without a fresh proof: %d", r.StatusCode)
	}
	if r := p.get("/settings/pause"); r.StatusCode != 200 {
		t.Errorf("what a pause means is told with %d", r.StatusCode)
	}
}
