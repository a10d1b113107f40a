package walks

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
)

func TestSomebodyResumesThePausedAccount(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			_, err := s.App.Access.Pause(t.Context(), app.Actor(), a.ID, time.Time{})
			s.Must(err)
			w := s.window(t, look)
			w.Go("/resume-account").Check("resume-paste")
			w.Type("name", who).Press(word(w, "发送链接", "Send link")).Sees(word(w, "链接即将送达", "a link is on its way")).Check("resume-sent")
			w.Type("token", "nonsense").Press(word(w, "继续", "Continue")).Press(word(w, "恢复使用", "Resume my account")).Check("resume-refused")
			if link := s.Code(a.ID); look.NoScripts {
				w.Type("token", link).Press(word(w, "继续", "Continue"))
			} else {
				w.Go("/help").Go(s.path(link))
			}
			w.At("/resume-account").Sees(word(w, "您的账号已停用", "Your account is paused")).Check("resume")
			if got, err := s.App.Accounts.Get(t.Context(), a.ID); err != nil || got.State != identity.Paused {
				t.Errorf("opening the link made it %s, %v", got.State, err)
			}
			w.Press(word(w, "恢复使用", "Resume my account")).At("/sign-in").Sees(word(w, "您的账号已恢复", "is resumed")).Check("resumed")
			w.Type("name", who).Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/")
		})
	}
}
