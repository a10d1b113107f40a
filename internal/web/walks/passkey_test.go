package walks

import (
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

// without leaves out the looks without scripts.
func withScripts() (all []webtest.Look) {
	for _, l := range looks() {
		if !l.NoScripts {
			all = append(all, l)
		}
	}
	return all
}

func TestSomebodyUsesAPasskey(t *testing.T) {
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
			w.Go("/sign-in").Check("sign-in")
			key.Touched(true)
			w.Press(word(w, "使用通行密钥登录", "Sign in with a passkey")).At("/")

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

func TestAPasskeyThatDoesNotServeIsToldOf(t *testing.T) {
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
			use, signInBy, prove := word(w, "使用通行密钥", "Use a passkey"), word(w, "使用通行密钥登录", "Sign in with a passkey"), word(w, "使用通行密钥验证", "Continue with a passkey")
			unused := word(w, "未能使用通行密钥", "No passkey was used")

			// The prompt is cancelled, by whoever is the wrong one to unlock it; then
			// the right one comes.
			s.Clock.Advance(time.Hour)
			key.Unlocked(false)
			w.Go("/settings/passkeys/add").At("/prove").Touch(prove).Sees(unused).Check("cancelled-proof")
			key.Unlocked(true)
			w.Press(prove).At("/settings/passkeys/add")
			out(w)

			// A passkey of another account is no second factor of this one, and the
			// browser does not even offer it.
			key.Hold(foreign...)
			half(w, who).Touch(use).Sees(unused).Check("cancelled-factor")
			_ = recovery
			key.Hold(mine...)
			w.Press(use).At("/")
			out(w)
			_ = signInBy
		})
	}
}
