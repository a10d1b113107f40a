package walks

import "testing"

func TestSomebodySignsInAndOut(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			_, who := s.Person()
			w := s.window(t, look)
			w.Go("/").At("/sign-in").Check("sign-in")
			w.Type("name", who).Type("password", "wrong").Press(word(w, "登录", "Sign in"))
			w.At("/sign-in").Check("sign-in-refused")
			w.Type("password", "correct horse battery").Press(word(w, "登录", "Sign in")).At("/").Check("home")
			w.Touch("avatar-menu").Sees(word(w, "退出登录", "Sign out")).Shot("menu")
			w.Press(word(w, "退出登录", "Sign out")).At("/sign-out").Check("sign-out")
			w.Press(word(w, "退出登录", "Sign out")).At("/signed-out").Check("signed-out")
			w.Back().SeesNot(who)
			w.Go("/").At("/sign-in")
		})
	}
}
