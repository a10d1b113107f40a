package walks

import "testing"

func TestAnybodyReadsTheHelp(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := s.window(t, look)
			w.Go("/help").Check("help")
			w.Touch(word(w, "注销收费吗", "What does it cost")).Sees(word(w, "不收费。", "Nothing."))
			w.Press(word(w, "有审核和冷静期的注销", "A closure with review")).At("/help/close-in-days").Check("guide")
			_, who := s.Person()
			signIn(w, who).Go("/help").Check("help-signed-in")
			w.Go("/help/nothing").Sees(word(w, "内容不存在", "There is nothing here")).Check("not-found")
		})
	}
}
