package walks

import (
	"testing"
	"time"
)

func TestSomebodyProvesAnew(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			who := "prover" + string(rune('a'+i))
			a := s.verified(who)
			w := signIn(s.window(t, look), who+"@example.com")
			w.Go("/prove?next=%2Fsign-out").At("/prove").Check("prove")
			w.Type("password", "wrong").Press(word(w, "继续", "Continue")).At("/prove").Check("prove-refused")
			w.Type("password", "correct horse battery").Press(word(w, "继续", "Continue")).At("/sign-out")
			s.Clock.Advance(time.Minute)
			w.Go("/prove?next=%2Fsign-out").Press(word(w, "改用验证码", "Send me a code instead")).Check("prove-code")
			w.Type("mailed_code", s.Code(a.ID)).Press(word(w, "继续 (收到的验证码)", "Continue (Code that was sent)")).At("/sign-out")
			if n := s.Entries("session.proved", a.ID); n != 2 {
				t.Errorf("%d proofs are written down", n)
			}
		})
	}
	if r := s.plain(t).get("/prove"); r.StatusCode != 303 {
		t.Errorf("nobody is asked for a proof: %d", r.StatusCode)
	}
}
