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
	shown := map[string]string{"zh-CN": "演示用户", "en": "Demo User"}[lang]
	_, unique := s.Person()
	a, err := s.App.Accounts.Create(s.T.Context(), app.Actor(), identity.NewAccount{Name: shown, Locale: lang, Password: apptest.Password,
		Identifiers: []identity.Identifier{{Kind: identity.Email, Value: "demo" + unique + "@example.com"}}})
	s.Must(err)
	return a, "demo" + unique + "@example.com"
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
