package walks

import "testing"

func TestMeAndTheSettingsAreTwoStepsFromEverywhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			account, who := s.Person()
			s.Organisation("creator", account)
			w := signIn(s.window(t, look), who)
			w.Press(word(w, "我的", "Me")).At("/me").Sees(who).Check("me")
			w.Press(word(w, "设置", "Settings")).At("/settings").Check("settings")
			w.Go("/profile").Sees(who, account.ID, word(w, "创建人", "Creator")).Check("profile")
		})
	}
}
