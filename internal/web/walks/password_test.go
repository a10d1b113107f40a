package walks

import (
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// verified makes somebody whose address is known to be theirs.
func (s *site) verified(name string) identity.Account {
	s.T.Helper()
	a, err := s.App.Accounts.Create(s.T.Context(), app.Actor(), identity.NewAccount{Name: name, Locale: "en", Password: "correct horse battery",
		Identifiers: []identity.Identifier{{Kind: identity.Email, Value: name + "@example.com"}}, Verified: true})
	s.Must(err)
	return a
}

// path takes the path of a link on the site, with its fragment.
func (s *site) path(link string) string {
	s.T.Helper()
	path, ok := strings.CutPrefix(link, s.url)
	if !ok {
		s.T.Fatalf("the link %q is not of this site", link)
	}
	return path
}

func TestAForgottenPasswordIsReplaced(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			who := "forgetful" + string(rune('a'+i))
			a := s.verified(who)
			w := s.window(t, look)
			w.Go("/sign-in").Press(word(w, "忘记密码", "Forgotten password")).At("/forgotten-password").Check("forgotten")
			w.Type("name", who+"@example.com").Press(word(w, "发送链接", "Send link")).At("/forgotten-password?asked=yes").Check("asked")
			link := s.path(s.Code(a.ID))
			if look.NoScripts {
				w.Go("/reset-password").Check("paste").Type("token", s.url+link).Press(word(w, "继续", "Continue"))
			} else {
				w.Go(link)
			}
			w.Sees(word(w, "设置后，您在所有设备上的登录都会退出", "With a new password you are signed out everywhere")).At("/reset-password").Check("new-password")
			if strings.Contains(webtest.Eval[string](w, `location.href + document.cookie + document.documentElement.outerHTML`), "sol_") {
				t.Error("the token is still to be seen by scripts")
			}
			w.Type("password", "short").Press(word(w, "设置密码", "Set password")).Check("refused")
			w.Type("password", "another horse, another battery").Press(word(w, "设置密码", "Set password")).At("/sign-in")
			w.Sees(word(w, "新密码已设置", "Your password is set")).Check("sign-in-again")
			w.Type("name", who+"@example.com").Type("password", "another horse, another battery").Press(word(w, "登录", "Sign in")).At("/")
			w.Go("/reset-password").Sees(word(w, "粘贴到这里", "paste it here"))
		})
	}
}

func TestForgottenPasswordsTellNothingOfOthers(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.verified("known")
	p := s.plain(t)
	ask := func(name string) string {
		r := p.send("POST", "/forgotten-password", url.Values{"form_token": {p.token("/forgotten-password")}, "name": {name}})
		return r.Status + r.Header.Get("Location") + strings.ReplaceAll(r.body, name, "")
	}
	for range 2 { // the second time it is too early for another one, for everybody
		if known, unknown := ask("known@example.com"), ask("unknown@example.com"); known != unknown {
			t.Errorf("a known name is answered with %.300s, an unknown one with %.300s", known, unknown)
		}
	}
}

func TestALinkOfNobodyIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.plain(t)
	set := func(token string) answer {
		return p.send("POST", "/reset-password/link", url.Values{"form_token": {p.token("/reset-password")}, "token": {token}})
	}
	for _, token := range []string{"", "sol_<script>", strings.Repeat("a", 300)} {
		if r := set(token); r.StatusCode != 422 {
			t.Errorf("the token %q is answered with %d", token, r.StatusCode)
		}
	}
	r := set("sol_of_nobody")
	if c := r.Cookies(); r.StatusCode != 303 || len(c) != 1 || !c[0].HttpOnly || strings.Contains(r.Header.Get("Location"), "sol_") {
		t.Errorf("%d %v", r.StatusCode, r.Header)
	}
	form := url.Values{"form_token": {p.token("/reset-password")}, "password": {"another horse, another battery"}}
	if r := p.send("POST", "/reset-password", form); r.StatusCode != 401 || !strings.Contains(r.body, `data-code="code_wrong"`) {
		t.Errorf("a password by a wrong link: %d", r.StatusCode)
	}
}
