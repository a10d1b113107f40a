package walks

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/web/webtest"
	"github.com/signoff-id/signoff/internal/work"
)

// refusedAs says that the page tells of a refusal with a code.
func refusedAs(w *webtest.Window, code string) {
	w.T.Helper()
	if got := webtest.Eval[string](w, `(document.querySelector('main [data-code]') || {dataset: {}}).dataset.code || ''`); got != code {
		w.T.Fatalf("the page refuses with %q, want %q:\n%s", got, code, w.Text())
	}
}

func TestSomebodyEndsSessions(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			first, second := s.SignIn(who), s.SignIn(who)
			_, stranger := s.Person()
			foreign := s.SignIn(stranger)
			w := signIn(s.window(t, look), who)
			w.Go("/settings/sessions").Sees(word(w, "本机", "This device"), word(w, "当前登录", "This session")).Check("sessions")

			w.Go("/settings/sessions/end?scope=session&target=" + first.Session.ID).Check("ask-one")
			w.Press(word(w, "确认退出", "End")).At("/settings/sessions").Sees(word(w, "已退出 1 个", "Ended sessions: 1"))
			if s.Alive(first.Token) || !s.Alive(second.Token) {
				t.Error("not that one session has ended")
			}

			_, err := s.App.Sessions.Announce(t.Context(), second.Session, work.Item{Kind: work.Unsaved, What: "Draft 7"}, time.Minute)
			s.Must(err)
			w.Press(word(w, "退出其他登录", "End all others")).Sees("Draft 7").Check("ask-work")
			if !s.Alive(second.Token) {
				t.Error("asking has ended it")
			}
			w.Press(word(w, "仍然退出", "Sign out anyway")).At("/settings/sessions")
			if s.Alive(second.Token) {
				t.Error("the other session lives")
			}

			// Whose session is not one's own is not there.
			w.Go("/settings/sessions/end?scope=session&target=" + foreign.Session.ID)
			refusedAs(w, "session_not_found")
			w.Check("not-mine")
			if !s.Alive(foreign.Token) {
				t.Error("a stranger's session has ended")
			}

			w.Go("/settings/sessions").Press(word(w, "全部退出", "End all")).Check("ask-all")
			w.Press(word(w, "确认退出", "End")).At("/signed-out")
			w.Back().SeesNot(word(w, "最近使用", "Last active"))
			if all, err := s.App.Sessions.List(t.Context(), a.ID); err != nil || len(all) != 0 {
				t.Errorf("%d sessions live, %v", len(all), err)
			}
		})
	}
}

// Signing out here leaves the person's other devices alone.
func TestSigningOutHereEndsNothingElsewhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.Person()
	elsewhere := s.SignIn(who)
	w := signIn(s.window(t, webtest.Look{Lang: "en"}), who)
	w.Go("/sign-out").Sees("1 session elsewhere").Press("Sign out").At("/signed-out?elsewhere=yes").Check("signed-out")
	if !s.Alive(elsewhere.Token) {
		t.Error("the session on another device has ended")
	}
}

// token is what the forms of this page carry.
func token(w *webtest.Window) string {
	w.T.Helper()
	return webtest.Eval[string](w, `document.querySelector('main [name=form_token]').value`)
}

func TestTwoAccountsInOneWindow(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, mine := s.Person()
			b, hers := s.Person()
			w := s.window(t, look)
			w.Go("/accounts").Check("nobody")
			signIn(w, mine)
			w.Go("/accounts").Check("one")
			w.Press(word(w, "添加其他账号", "Add another account")).At("/sign-in")
			w.Type("name", hers).Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/")
			w.Go("/accounts").Sees(a.Name, b.Name).Check("two")

			w.Go("/settings/sessions/end?scope=all")
			stale := token(w)
			w.Go("/accounts").Press(word(w, "切换到 "+a.Name, "Switch to "+a.Name)).Check("ask-switch")
			w.Press(word(w, "切换", "Switch")).At("/").SeesNot(b.Name, hers).Check("switched")

			// A form of the account before stands open in another tab.
			w.Go("/settings/sessions/end?scope=all")
			webtest.Eval[bool](w, `(document.querySelector('main [name=form_token]').value = '`+stale+`', true)`)
			w.Press(word(w, "确认退出", "End"))
			refusedAs(w, "form_of_another_account")
			w.Check("form-of-another").SeesNot(hers)
			for _, id := range []string{a.ID, b.ID} {
				if all, err := s.App.Sessions.List(t.Context(), id); err != nil || len(all) != 1 {
					t.Errorf("%d sessions live, %v", len(all), err)
				}
			}

			w.Go("/accounts").Press(word(w, "从此浏览器移除 "+b.Name, "Remove "+b.Name+" from this browser")).Check("ask-remove")
			w.Press(word(w, "移除", "Remove")).At("/accounts").SeesNot(b.Name)
			if all, err := s.App.Sessions.List(t.Context(), b.ID); err != nil || len(all) != 0 {
				t.Errorf("%d sessions of who was removed live, %v", len(all), err)
			}

			w.Go("/sign-in?add=yes").Type("name", hers).Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/")
			w.Go("/accounts").Press(word(w, "退出全部账号", "Sign out of all")).Check("ask-all")
			w.Press(word(w, "退出全部账号", "Sign out of all")).At("/signed-out")
			w.Go("/accounts").Sees(a.Name, b.Name, word(w, "未登录", "Signed out")).Check("all-out")
			w.Press(word(w, "重新登录 "+a.Name, "Sign in again as "+a.Name)).At("/sign-in")
		})
	}
}
