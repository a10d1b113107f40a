package walks

import "testing"

func TestAnybodyReadsHowToCloseAnAccount(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := s.window(t, look)
			w.Go("/sign-in").Press(word(w, "注销账号", "Close account")).At("/close-account").Check("close-account")
			w.Sees(word(w, "注销免费", "free of charge"), word(w, "15 个工作日", "15 working days"))
			w.Press(word(w, "登录并注销账号", "Sign in to close")).At("/sign-in?next=/settings/close-account")
			w.Go("/close-account").Press(word(w, "重设密码", "Choose a new password")).At("/forgotten-password")
		})
	}
}
