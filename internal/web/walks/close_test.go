package walks

import "testing"

func TestSomebodyClosesTheAccountAtOnce(t *testing.T) {
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account").Check("close-know").Choose("policy", "dingtalk")
			w.Press(word(w, "下一步：检查条件", "Next: the conditions")).At("/settings/close-account/conditions").Check("close-conditions")
			w.Press(word(w, "下一步：验证身份", "Next: prove who you are")).At("/settings/close-account/confirm").Check("close-confirm")
			w.Go("/settings/close-account").Press(word(w, "继续确认", "Go on and confirm"))
			w.Type("word", "wrong").Type("password", "correct horse battery").Press(word(w, "确认注销", "Close my account"))
			w.At("/settings/close-account/confirm").Check("close-wrong-word")
			w.Type("word", word(w, "注销", "CLOSE")).Type("password", "correct horse battery").Press(word(w, "确认注销", "Close my account"))
			w.At("/closure-status")
			if s.Entries("closure.confirmed", a.ID) != 1 {
				t.Error("nothing was confirmed")
			}
			w.Go("/").At("/sign-in")
		})
	}
}
