package walks

import (
	"net/url"
	"testing"

	"github.com/signoff-id/signoff/internal/signal"
)

func TestSomebodyMutesNotifications(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account").Press(word(w, "关闭通知", "Turn notices off")).At("/settings/notifications")
			w.Sees(word(w, "密码已修改", "Password changed")).Check("notifications")
			w.Touch(word(w, "密码已较长时间未修改：邮件", "Your password is getting old: E-mail")).Press(word(w, "保存", "Save")).At("/settings/notifications").Check("notifications-saved")
			if got := s.wanted(a.ID); got != len(muteable)-1 {
				t.Errorf("%d mails are wanted after one was turned off", got)
			}
			w.Press(word(w, "全部关闭", "Turn all off")).At("/settings/notifications")
			if got := s.wanted(a.ID); got != 0 {
				t.Errorf("%d mails are wanted after all were turned off", got)
			}
			w.Press(word(w, "全部开启", "Turn all on")).At("/settings/notifications")
			if got := s.wanted(a.ID); got != len(muteable) {
				t.Errorf("%d mails are wanted after all were turned on", got)
			}
		})
	}
}

// muteable are the kinds that may be turned off.
var muteable = func() (kinds []string) {
	for _, r := range signal.Rules() {
		if !r.Required {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}()

// wanted counts the kinds that may be turned off and are mailed.
func (s *site) wanted(account string) (n int) {
	s.T.Helper()
	all, err := s.App.Inbox.Preferences(s.T.Context(), account)
	s.Must(err)
	for _, p := range all {
		if p.Mail && !p.Required {
			n++
		}
	}
	return n
}

// A form that somebody else made up turns off nothing that is always told.
func TestWhatConcernsSafetyCannotBeMutedByAForm(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	p := s.plain(t)
	p.signIn(who)
	p.send("POST", "/settings/notifications", url.Values{"form_token": {p.token("/settings/notifications")}, "every": {"off"}, signal.NewSignIn + ".mail": {""}})
	all, err := s.App.Inbox.Preferences(t.Context(), a.ID)
	s.Must(err)
	for _, p := range all {
		if p.Required != p.Mail {
			t.Errorf("%s: required %v, mailed %v", p.Kind, p.Required, p.Mail)
		}
	}
}
