package walks

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// addPasskey adds a passkey of whoever is signed in, with a fresh proof by the
// password, and gives the recovery codes.
func addPasskey(w *webtest.Window) []string {
	w.T.Helper()
	w.Go("/settings/passkeys/add")
	w.Press(word(w, "创建通行密钥", "Create the passkey")).Sees(word(w, "请保存恢复码", "Keep your recovery codes"))
	return webtest.Eval[[]string](w, `[...document.querySelectorAll('#recovery-codes li')].map((e) => e.textContent)`)
}

// withScripts leaves out the looks without scripts.
func withScripts() (all []webtest.Look) {
	for _, l := range looks() {
		if !l.NoScripts {
			all = append(all, l)
		}
	}
	return all
}

func TestSomebodyUsesAPasskey(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range withScripts() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			w := s.window(t, look)
			key := w.Authenticator()
			signIn(w, who).Go("/settings/passkeys").Check("none")
			w.Press(word(w, "添加通行密钥", "Add a passkey")).At("/settings/passkeys/add").Check("add")
			w.Type("name", "My laptop").Press(word(w, "创建通行密钥", "Create the passkey"))
			w.Sees(word(w, "请保存恢复码", "Keep your recovery codes")).Check("codes")
			w.Press(word(w, "我已保存", "I have kept them")).At("/settings/passkeys").Sees("My laptop").Check("one")
			if n := len(key.Passkeys()); n != 1 {
				t.Fatalf("the device keeps %d passkeys", n)
			}

			// A proof.
			s.Clock.Advance(time.Hour)
			w.Go("/settings/passkeys/add").At("/prove").Check("prove")
			w.Press(word(w, "使用通行密钥验证", "Continue with a passkey")).At("/settings/passkeys/add").Check("add-another")
			// The device keeps one of this account already.
			w.Touch(word(w, "创建通行密钥", "Create the passkey")).Sees(word(w, "此设备上已有该账号的通行密钥", "on this device already")).Check("known")

			// A second factor; a page that is loaded again asks the same.
			key.Touched(false)
			w.Go("/sign-out").Press(word(w, "退出登录", "Sign out")).At("/signed-out")
			w.Go("/sign-in").Type("name", who).Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/sign-in/second-factor").Check("second-factor")
			question := webtest.Eval[string](w, `document.querySelector('[data-passkey]').dataset.question`)
			w.Go("/sign-in/second-factor")
			if again := webtest.Eval[string](w, `document.querySelector('[data-passkey]').dataset.question`); again != question || question == "" {
				t.Errorf("asked %s, then %s", question, again)
			}
			key.Touched(true)
			w.Press(word(w, "使用通行密钥", "Use a passkey")).At("/")

			// Alone, instead of name and password.
			key.Touched(false)
			w.Go("/sign-out").Press(word(w, "退出登录", "Sign out")).At("/signed-out")
			w.Go("/sign-in").Check("sign-in").Touch(word(w, "使用通行密钥登录", "Sign in with a passkey"))
			key.Touched(true)
			w.At("/")

			w.Go("/settings/passkeys").Sees("My laptop", word(w, "刚刚", "just now"))
			w.Press(word(w, "重命名“My laptop”", "Rename “My laptop”")).Check("rename")
			w.Type("name", strings.Repeat("x", 100)).Press(word(w, "重命名", "Rename")).At("/settings/passkeys").Check("renamed")
			w.Press(word(w, "移除“"+strings.Repeat("x", 100)+"”", "Remove “"+strings.Repeat("x", 100)+"”")).Check("ask-remove")
			w.Press(word(w, "移除", "Remove")).At("/settings/passkeys").Sees(word(w, "还没有通行密钥", "No passkeys yet")).Check("removed")
			for action, want := range map[string]int{"factor.added": 1, "factor.renamed": 1, "factor.removed": 1, "session.proved": 1} {
				if n := s.Entries(action, a.ID); n != want {
					t.Errorf("%d entries %s", n, action)
				}
			}
		})
	}
}

// out signs out by the page.
func out(w *webtest.Window) *webtest.Window {
	w.T.Helper()
	return w.Go("/sign-out").Press(word(w, "退出登录", "Sign out")).At("/signed-out")
}

// half signs in as far as the password reaches.
func half(w *webtest.Window, who string) *webtest.Window {
	w.T.Helper()
	return w.Go("/sign-in").Type("name", who).Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/sign-in/second-factor")
}

// An account is closed with a proof by a passkey, or by a code that is sent, in
// the place of the password.
func TestAPasskeyProvesBeforeAClosure(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			who := "leaver" + strings.ReplaceAll(name(look), " ", "")
			a := s.verified(who)
			w := s.window(t, look)
			if !look.NoScripts {
				w.Authenticator()
			}
			signIn(w, who+"@example.com")
			if !look.NoScripts {
				addPasskey(w)
			}
			s.Clock.Advance(time.Minute)
			w.Go("/settings/close-account").Choose("policy", "wecom").Press(word(w, "下一步：检查条件", "Next: the conditions"))
			w.Press(word(w, "下一步：验证身份", "Next: prove who you are")).At("/settings/close-account/confirm").Check("asks")
			w.Press(word(w, "改用其他方式验证", "Show in another way")).At("/prove")
			if look.NoScripts {
				w.Press("Send me a code instead").Type("mailed_code", s.Code(a.ID)).Press("Continue (Code that was sent)")
			} else {
				w.Press(word(w, "使用通行密钥验证", "Continue with a passkey"))
			}
			w.At("/settings/close-account/confirm").Sees(word(w, "您刚刚已验证身份", "You have just shown")).Check("proved")
			w.Type("word", word(w, "注销", "CLOSE")).Press(word(w, "确认注销", "Close my account")).At("/closure-status")
			if s.Entries("closure.confirmed", a.ID) != 1 {
				t.Error("nothing was confirmed")
			}
		})
	}
}

// anyPasskey makes the page's script ask for any passkey at all, whatever the
// server says which.
const anyPasskey = `(() => {
	const ask = window.fetch;
	window.fetch = async (...a) => {
		const q = await (await ask(...a)).json();
		delete q.question.publicKey.allowCredentials;
		return new Response(JSON.stringify(q));
	};
	for (const b of document.querySelectorAll('[data-question]')) {
		const q = JSON.parse(b.dataset.question);
		delete q.publicKey.allowCredentials;
		b.dataset.question = JSON.stringify(q);
	}
	return true;
})()`

func TestAPasskeyThatDoesNotServeIsToldOf(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range withScripts() {
		t.Run(name(look), func(t *testing.T) {
			_, who := s.Person()
			_, stranger := s.Person()
			w := s.window(t, look)
			key := w.Authenticator()
			signIn(w, stranger)
			addPasskey(w)
			foreign := key.Passkeys()
			out(w)
			key.Hold()
			signIn(w, who)
			recovery := addPasskey(w)
			mine := key.Passkeys()
			use, prove := word(w, "使用通行密钥", "Use a passkey"), word(w, "使用通行密钥验证", "Continue with a passkey")
			unused := word(w, "未能使用通行密钥", "No passkey was used")

			// The prompt is cancelled, by whoever is the wrong one to unlock it; then
			// the right one comes.
			s.Clock.Advance(time.Hour)
			key.Unlocked(false)
			w.Go("/settings/passkeys/add").At("/prove").Touch(prove).Sees(unused).Check("cancelled-proof")
			key.Unlocked(true)
			// Another account's passkey answers first.
			key.Hold(foreign...)
			webtest.Eval[bool](w, anyPasskey)
			w.Press(prove).At("/prove/passkey")
			refusedAs(w, "passkey_wrong")
			w.Check("wrong-proof")
			key.Hold(mine...)
			w.Press(prove).At("/settings/passkeys/add")
			out(w)

			key.Touched(false).Hold(foreign...) // or it is chosen where the name is typed
			half(w, who)
			key.Touched(true)
			w.Touch(use).Sees(unused).Check("cancelled-factor")
			webtest.Eval[bool](w, anyPasskey)
			w.Press(use)
			refusedAs(w, "passkey_wrong")
			w.Check("wrong-factor")
			// A copy that lags behind is worth nothing; a recovery code is.
			key.Hold(mine...)
			w.Press(use)
			refusedAs(w, "passkey_wrong")
			w.Touch(word(w, "改用恢复码", "Use a recovery code instead")).Check("recovery")
			w.Type("recovery_code", recovery[0]).Press(word(w, "用恢复码登录", "Sign in with a recovery code")).At("/")
		})
	}
}

// post sends the page's form that a passkey's button is in by a script, with what
// a passkey has answered there, and gives the code that it is refused with.
const post = `async (answer) => {
	const form = document.querySelector('button[data-passkey]').form;
	const to = document.querySelector('button[data-passkey]').formAction;
	const fields = new URLSearchParams({form_token: form.elements.form_token.value, ...answer});
	const page = new DOMParser().parseFromString(await (await fetch(to, {method: 'POST', body: fields})).text(), 'text/html');
	return page.querySelector('main [data-code]')?.dataset.code ?? '';
}`

// caught presses a passkey's button, and keeps its answer from being sent.
const caught = `(() => new Promise((done) => {
	HTMLFormElement.prototype.submit = function () { done({step: this.elements.step.value, passkey: this.elements.passkey.value}); };
	document.querySelector('button[data-passkey]').click();
}))()`

func TestAPasskeysAnswerCountsOnceAndInOneBrowser(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	w := s.window(t, webtest.Look{Lang: "en"})
	key := w.Authenticator()
	signIn(w, who)
	addPasskey(w)
	key.Touched(false)
	out(w).Go("/sign-in")
	key.Touched(true)
	answer := webtest.Await[map[string]string](w, caught)
	text, err := json.Marshal(answer)
	s.Must(err)
	other := s.window(t, webtest.Look{Lang: "en"}).Go("/sign-in")
	for i, try := range []struct {
		w    *webtest.Window
		code string
	}{{other, "step_not_valid"}, {w, ""}, {w, "step_not_valid"}} {
		if code := webtest.Await[string](try.w, "("+post+")("+string(text)+")"); code != try.code {
			t.Errorf("try %d is refused with %q, want %q", i, code, try.code)
		}
	}
	other.Go("/").At("/sign-in")
	w.Go("/").At("/")

	// For another account it is not there, whatever its id.
	all, err := s.App.Access.Factors(t.Context(), a.ID)
	s.Must(err)
	_, stranger := s.Person()
	p := s.plain(t)
	p.signIn(stranger)
	for _, do := range []string{"rename", "remove"} {
		path := "/settings/passkeys/" + all.Factors[0].ID + "/" + do
		if r := p.get(path); r.StatusCode != 404 {
			t.Errorf("%s answers a stranger with %d", do, r.StatusCode)
		}
		if r := p.send("POST", path, url.Values{"form_token": {p.token("/sign-out")}, "name": {"Mine"}}); r.StatusCode != 404 {
			t.Errorf("the form of %s answers a stranger with %d", do, r.StatusCode)
		}
	}
	if now, err := s.App.Access.Factors(t.Context(), a.ID); err != nil || len(now.Factors) != 1 || now.Factors[0].Name != all.Factors[0].Name {
		t.Errorf("%+v, %v", now, err)
	}
}

// Without scripts nothing asks for a passkey, and pages say what to do.
func TestWithoutScriptsPasskeysAreExplained(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, lang := range []string{"zh-CN", "en"} {
		_, who := s.Person()
		w := s.window(t, webtest.Look{Lang: lang})
		w.Authenticator()
		signIn(w, who)
		recovery := addPasskey(w)

		w = s.window(t, webtest.Look{Lang: lang, NoScripts: true})
		w.Go("/sign-in").SeesNot(word(w, "通行密钥", "passkey"))
		half(w, who).Sees(word(w, "当前浏览器无法使用", "cannot be used here"), word(w, "改用恢复码", "recovery codes instead")).Check("second-factor")
		w.Touch(word(w, "改用恢复码", "Use a recovery code instead")).Type("recovery_code", recovery[0]).Press(word(w, "用恢复码登录", "Sign in with a recovery code")).At("/")
		w.Go("/settings/passkeys").Sees(word(w, "当前浏览器不满足条件", "This one does not")).SeesNot(word(w, "添加通行密钥", "Add a passkey")).Check("passkeys")
		w.Go("/settings/passkeys/add").Sees(word(w, "当前浏览器不满足条件", "This one does not")).Check("add")
	}
}

// The browser offers passkeys in the field for the name, and may be left alone.
func TestAPasskeyIsChosenWhereTheNameIsTyped(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.Person()
	w := s.window(t, webtest.Look{Lang: "en"})
	key := w.Authenticator()
	signIn(w, who)
	addPasskey(w)
	key.Touched(false)
	out(w).Go("/sign-in?next=%2Fsettings%2Fpasskeys").Sees("Sign in with a passkey")
	key.Touched(true)
	w.At("/settings/passkeys")
}
