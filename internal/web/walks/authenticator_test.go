package walks

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// appCode is what an authenticator app with this secret shows now.
func (s *site) appCode(secret string) string {
	s.T.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), s.Clock.Now())
	s.Must(err)
	return code
}

// secretOf reads the key that a page shows.
func secretOf(w *webtest.Window) string {
	w.T.Helper()
	return webtest.Eval[string](w, `document.getElementById('secret').innerText`)
}

func TestSomebodyUsesAnAuthenticator(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			elsewhere := s.SignIn(who)
			w := signIn(s.window(t, look), who)
			w.Go("/settings/security").Press(word(w, "身份验证器", "Authenticator app")).At("/settings/authenticator").Check("none")
			s.Clock.Advance(time.Hour)
			w.Press(word(w, "开启身份验证器", "Set up an authenticator app")).At("/prove").Type("password", apptest.Password).Press(word(w, "继续", "Continue"))
			w.At("/settings/authenticator/add").Check("app")
			w.Type("name", "My phone").Press(word(w, "显示二维码", "show the QR code")).At("/settings/authenticator/add").Check("scan")
			secret := secretOf(w)
			w.Type("code", "000000").Press(word(w, "验证并开启", "Confirm and turn on"))
			refusedAs(w, "code_wrong")
			w.At("/settings/authenticator/confirm").Check("wrong-code")
			if again := secretOf(w); again != secret || !s.Alive(elsewhere.Token) {
				t.Errorf("after a wrong code the key is %q, was %q", again, secret)
			}
			w.Type("code", s.appCode(secret)).Press(word(w, "验证并开启", "Confirm and turn on")).Sees(word(w, "只显示这一次", "this one time only")).Check("codes")
			codes := strings.Fields(webtest.Eval[string](w, `document.getElementById('recovery-codes').innerText`))
			file := webtest.Eval[string](w, `document.querySelector('a[download]').href`)
			text, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(file, "data:text/plain;charset=utf-8;base64,"))
			if err != nil || len(codes) != 10 || !strings.Contains(string(text), strings.Join(codes, "\n")) {
				t.Errorf("%d codes, %v; the file: %.100s", len(codes), err, text)
			}
			if s.Alive(elsewhere.Token) {
				t.Error("the other session lives")
			}
			w.Press(word(w, "我已保存", "I have kept them")).At("/settings/security").Sees("My phone", word(w, "还剩 10 个", "10 codes are left")).Check("on")
			w.Go("/settings/authenticator/confirm").At("/settings/authenticator").SeesNot(codes...)

			w.Go("/settings/authenticator").Type("name", "Old phone").Press(word(w, "保存名称", "Save name")).At("/settings/authenticator").Check("yours")
			w.Press(word(w, "生成新的恢复码", "Make new recovery codes")).At("/settings/recovery-codes").Check("ask-codes")
			w.Press(word(w, "生成新的恢复码", "Make new recovery codes")).Sees(word(w, "只显示这一次", "this one time only")).SeesNot(codes...)

			w.Go("/settings/authenticator").Press(word(w, "移除身份验证器", "Remove the authenticator app")).At("/settings/authenticator/remove").Check("ask-remove")
			w.Press(word(w, "移除身份验证器", "Remove the authenticator app")).At("/settings/security").Sees(word(w, "未开启", "Off.")).Check("removed")
			w.Go("/settings/recovery-codes").At("/settings/security").Sees(word(w, "不需要恢复码", "nothing that recovery codes"))
			if all, err := s.App.Access.Factors(t.Context(), a.ID); err != nil || len(all.Factors) != 0 || all.RecoveryCodes != 0 {
				t.Errorf("what is left: %+v, %v", all, err)
			}
		})
	}
}

// Two tabs set an app up: what the first one shows counts no more once the second
// has begun, and neither takes away what another has put in its place.
func TestAnAuthenticatorInTwoTabs(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	p := s.plain(t)
	p.signIn(who)
	fields := func(r answer) (id, secret string) {
		hidden := func(name string) string {
			m := regexp.MustCompile(`name="` + name + `" value="([^"]+)"`).FindStringSubmatch(r.body)
			if m == nil {
				t.Fatalf("no %s in a page of %d", name, r.StatusCode)
			}
			return m[1]
		}
		return hidden("id"), hidden("secret")
	}
	token := p.token("/settings/authenticator/add")
	begin := func() (id, secret string) {
		return fields(p.send("POST", "/settings/authenticator/add", url.Values{"form_token": {token}}))
	}
	confirm := func(id, secret, shown string) answer {
		return p.send("POST", "/settings/authenticator/confirm", url.Values{"form_token": {token}, "id": {id}, "secret": {shown}, "code": {s.appCode(secret)}})
	}
	first, firstSecret := begin()
	second, secondSecret := begin()
	if r := confirm(first, firstSecret, firstSecret); r.Header.Get("Location") != "/settings/authenticator" {
		t.Errorf("the first tab is answered with %d", r.StatusCode)
	}
	if r := p.get("/settings/authenticator"); !strings.Contains(r.body, "changed on another page") {
		t.Error("the first tab is not told")
	}
	// A page that was tampered with shows what it says itself, and confirms nothing.
	if r := confirm(second, firstSecret, "<script>"); r.StatusCode != 400 && r.StatusCode != 422 || strings.Contains(r.body, "<script>") {
		t.Errorf("a secret that is none: %d", r.StatusCode)
	}
	if r := confirm(second, secondSecret, secondSecret); r.StatusCode != 200 || !strings.Contains(r.body, "recovery-codes") || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the second tab is answered with %d", r.StatusCode)
	}
	if r := p.send("POST", "/settings/authenticator/add", url.Values{"form_token": {token}}); r.StatusCode != 303 {
		t.Errorf("a second app: %d", r.StatusCode)
	}
	if r := p.send("POST", "/settings/authenticator/remove", url.Values{"form_token": {token}, "id": {first}}); r.StatusCode != 303 {
		t.Errorf("the app of the first tab is removed with %d", r.StatusCode)
	}
	all, err := s.App.Access.Factors(t.Context(), a.ID)
	if err != nil || len(all.Factors) != 1 || all.Factors[0].ID != second {
		t.Errorf("there is %+v, %v", all.Factors, err)
	}
}

// What takes a fresh proof takes it on the page as well, and what is somebody
// else's is not there.
func TestAuthenticatorsAskForAFreshProof(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	_, hers := s.Person()
	p, stranger := s.plain(t), s.plain(t)
	p.signIn(who)
	stranger.signIn(hers)
	made, err := s.App.Access.BeginTOTP(t.Context(), a.ID, "")
	s.Must(err)
	foreign := stranger.token("/sign-out")
	for _, path := range []string{"/settings/authenticator/remove", "/settings/authenticator/rename", "/settings/authenticator/confirm"} {
		form := url.Values{"form_token": {foreign}, "id": {made.ID}, "name": {"Mine now"}, "code": {s.appCode(made.Secret)}, "secret": {made.Secret}}
		if r := stranger.send("POST", path, form); r.StatusCode != 303 || r.Header.Get("Location") != "/settings/authenticator" {
			t.Errorf("%s of a stranger is answered with %d", path, r.StatusCode)
		}
		if r := p.send("POST", path, form); r.StatusCode != 403 || !strings.Contains(r.body, `data-code="form_of_another_account"`) {
			t.Errorf("%s with the form of another account: %d", path, r.StatusCode)
		}
	}
	if all, err := s.App.Access.Factors(t.Context(), a.ID); err != nil || len(all.Factors) != 0 {
		t.Errorf("a stranger has confirmed it: %+v, %v", all, err)
	}
	token := p.token("/settings/authenticator/add")
	s.Clock.Advance(time.Hour)
	for _, path := range []string{"/settings/authenticator/add", "/settings/authenticator/confirm", "/settings/authenticator/remove", "/settings/recovery-codes"} {
		r := p.send("POST", path, url.Values{"form_token": {token}, "id": {made.ID}, "code": {s.appCode(made.Secret)}, "secret": {made.Secret}})
		if r.StatusCode != 303 || !strings.HasPrefix(r.Header.Get("Location"), "/prove?") {
			t.Errorf("%s without a fresh proof: %d to %q", path, r.StatusCode, r.Header.Get("Location"))
		}
	}
	if in := s.SignIn(who); in.Pending != nil {
		t.Error("something counts as a second factor")
	}
}
