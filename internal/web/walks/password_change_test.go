package walks

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/web/webtest"
	"github.com/signoff-id/signoff/internal/work"
)

func TestSomebodyChangesThePassword(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			elsewhere := s.SignIn(who)
			_, err := s.App.Sessions.Announce(t.Context(), elsewhere.Session, work.Item{Kind: work.Unsaved, What: "Draft 7"}, time.Hour)
			s.Must(err)
			w := signIn(s.window(t, look), who)
			w.Go("/settings").Press(word(w, "密码、第二重验证", "Password, second factors")).At("/settings/security")
			w.Sees(word(w, "2 台设备", "on devices: 2")).Check("security")
			w.Press(word(w, "密码", "Password")).At("/settings/password").Sees("Draft 7").Check("password")

			change := func(old, next, again string) {
				w.Type("old_password", old).Type("password", next).Type("password_again", again).Press(word(w, "修改密码", "Change password"))
			}
			change("not the password", longPassword, longPassword)
			refusedAs(w, "credentials_wrong")
			w.At("/settings/password").Check("password-wrong")
			change(apptest.Password, longPassword, longPassword+"?")
			w.Sees(word(w, "两次输入的新密码不一致", "not the same")).Check("password-differs")
			change(apptest.Password, "short", "short")
			w.Sees(word(w, "密码过短", "too short")).Check("password-short")
			if !s.Alive(elsewhere.Token) {
				t.Error("a refused change has ended a session")
			}

			change(apptest.Password, longPassword, longPassword)
			w.At("/settings/security").Sees(word(w, "密码已修改", "has been changed")).Check("password-changed")
			if s.Alive(elsewhere.Token) || s.Entries("password.set", a.ID) != 1 {
				t.Error("the other session lives, or nothing is written down")
			}
			w.Go("/settings/sessions").Sees(word(w, "当前登录", "This session"))
			s.SignInWith(who, longPassword)
		})
	}
}

// Who unticks it goes on elsewhere; who does not know the old password proves the
// identity instead, and not with a proof of an hour ago.
func TestAPasswordWithoutTheOldOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.verified("without")
	elsewhere := s.SignIn("without@example.com")
	w := signIn(s.window(t, webtest.Look{Lang: "en"}), "without@example.com")
	s.Clock.Advance(time.Hour)
	w.Go("/settings/password").Press("You do not know it?").At("/prove")
	w.Press("Send me a code instead").Type("mailed_code", s.Code(a.ID)).Press("Continue (Code that was sent)")
	w.At("/settings/password?without=yes").SeesNot("Current password").Check("without")
	w.Type("password", longPassword).Type("password_again", longPassword).Touch("Sign out everywhere else").Press("Change password").At("/settings/security")
	if !s.Alive(elsewhere.Token) {
		t.Error("the other session has ended")
	}
	s.SignInWith("without@example.com", longPassword)

	s.Clock.Advance(time.Hour)
	p := s.plain(t)
	p.send("POST", "/sign-in", url.Values{"form_token": {p.token("/sign-in")}, "name": {"without@example.com"}, "password": {longPassword}})
	token := p.token("/settings/password?without=yes")
	s.Clock.Advance(time.Hour)
	form := url.Values{"form_token": {token}, "without": {"yes"}, "password": {apptest.Password + "!"}, "password_again": {apptest.Password + "!"}}
	if r := p.send("POST", "/settings/password", form); r.StatusCode != 303 || s.Entries("password.set", a.ID) != 1 {
		t.Errorf("a password without the old one and without a fresh proof: %d", r.StatusCode)
	}
}

// The token that the browser had before is worth nothing after a change, also in
// the hand of whoever has copied it.
func TestAChangedPasswordMakesTheOldTokenWorthNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.Person()
	p, copied := s.plain(t), s.plain(t)
	p.signIn(who)
	u, err := url.Parse(s.url)
	s.Must(err)
	copied.c.Jar.SetCookies(u, p.c.Jar.Cookies(u))
	if r := copied.get("/settings/security"); r.StatusCode != 200 {
		t.Fatalf("the copy does not get in: %d", r.StatusCode)
	}
	form := url.Values{"form_token": {p.token("/settings/password")}, "old_password": {apptest.Password}, "password": {longPassword}, "password_again": {longPassword}}
	if r := p.send("POST", "/settings/password", form); r.StatusCode != 303 {
		t.Fatalf("changed with %d", r.StatusCode)
	}
	if r := p.get("/settings/security"); r.StatusCode != 200 {
		t.Errorf("the own browser is out: %d", r.StatusCode)
	}
	if r := copied.get("/settings/security"); r.StatusCode != 303 {
		t.Errorf("the copy is still in: %d", r.StatusCode)
	}
}

// Nobody has to change a password because time has passed (S11): the overview
// reminds of it, as the sign-in does.
func TestAnOldPasswordIsRemindedOf(t *testing.T) {
	t.Parallel()
	s := open(t, func(c *config.Config, _ *app.World) { c.Password.AgeReminder = 24 * time.Hour })
	_, who := s.Person()
	p := s.plain(t)
	p.signIn(who)
	const reminder = "Not changed for long"
	if r := p.get("/settings/security"); r.StatusCode != 200 || strings.Contains(r.body, reminder) {
		t.Errorf("of a new password: %d", r.StatusCode)
	}
	s.Clock.Advance(25 * time.Hour)
	if r := p.get("/settings/security"); !strings.Contains(r.body, reminder) {
		t.Errorf("nobody is reminded: %d", r.StatusCode)
	}
}
