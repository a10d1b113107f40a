package walks

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/webtest"
	"github.com/signoff-id/signoff/internal/work"
)

// actor is a person whose name suits the language of a picture.
func (s *site) actor(lang string) (identity.Account, string) {
	s.T.Helper()
	return s.actorNamed(lang, map[string]string{"zh-CN": "演示用户", "en": "Demo User"}[lang], "demo")
}

// actorNamed is an actor with an address that begins like that.
func (s *site) actorNamed(lang, shown, address string) (identity.Account, string) {
	s.T.Helper()
	_, unique := s.Person()
	address += unique + "@example.com"
	a, err := s.App.Accounts.Create(s.T.Context(), app.Actor(), identity.NewAccount{Name: shown, Locale: lang, Password: apptest.Password,
		Identifiers: []identity.Identifier{{Kind: identity.Email, Value: address}}})
	s.Must(err)
	return a, address
}

// The help centre shows what people will see: each guide's steps are walked here,
// and a page that has changed since its picture was taken fails.
func TestThePicturesAreOfTodaysPages(t *testing.T) {
	s := open(t)
	album := &webtest.Album{Dir: "internal/web/asset/pictures"}
	s.Must(album.Open())
	for _, screen := range webtest.PictureScreens {
		for _, lang := range []string{"zh-CN", "en"} {
			look := webtest.Look{Screen: screen, Lang: lang}
			t.Run(name(look), func(t *testing.T) { pictureSignOut(t, s, album, look) })
			t.Run(name(look)+" switching", func(t *testing.T) { pictureSwitch(t, s, album, look) })
			t.Run(name(look)+" closing at once", func(t *testing.T) { pictureCloseAtOnce(t, album, look) })
			t.Run(name(look)+" closing in days", func(t *testing.T) { pictureCloseInDays(t, album, look) })
		}
	}
	s.Must(album.Close())
}

func pictureSignOut(t *testing.T, s *site, album *webtest.Album, look webtest.Look) {
	a, who := s.actor(look.Lang)
	s.SignIn(who) // elsewhere
	w := signIn(s.window(t, look), who)
	w.Touch("avatar-menu").Sees(word(w, "退出登录", "Sign out")).Picture(album, "sign-out-menu")
	w.Press(word(w, "退出登录", "Sign out")).At("/sign-out").Picture(album, "sign-out-ask")
	all, err := s.App.Sessions.List(t.Context(), a.ID)
	s.Must(err)
	for _, in := range all {
		if in.App == "platform" {
			_, err := s.App.Sessions.Announce(t.Context(), in, work.Item{Kind: work.Unsaved, What: word(w, "草稿：第三季度报价单", "Draft: quotation for the third quarter")}, time.Minute)
			s.Must(err)
		}
	}
	w.Go("/sign-out").Picture(album, "sign-out-work")
	w.Press(word(w, "仍然退出", "Sign out anyway")).At("/signed-out").Picture(album, "sign-out-done")
}

func pictureSwitch(t *testing.T, s *site, album *webtest.Album, look webtest.Look) {
	_, who := s.actor(look.Lang)
	w := s.window(t, look)
	work, address := s.actorNamed(look.Lang, word(w, "演示用户（工作）", "Demo User (work)"), "work")
	signIn(w, who)
	w.Go("/sign-in?add=yes").Picture(album, "switch-add")
	w.Type("name", address).Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/")
	w.Go("/accounts").Picture(album, "switch-list")
	mine := word(w, "演示用户", "Demo User")
	w.Press(word(w, "切换到 ", "Switch to ")+mine).Picture(album, "switch-ask")
	w.Press(word(w, "切换", "Switch")).At("/")
	w.Go("/accounts").Press(word(w, "从此浏览器移除 "+work.Name, "Remove "+work.Name+" from this browser")).Picture(album, "switch-remove")
}
