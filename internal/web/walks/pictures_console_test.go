package walks

import (
	"fmt"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// The README shows the console, as it is today.
func TestThePicturesOfTheReadmeAreOfTodaysPages(t *testing.T) {
	album := &webtest.Album{Dir: "docs/pictures"}
	if err := album.Open(); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"zh-CN", "en"} {
		t.Run(lang, func(t *testing.T) {
			pictureConsole(t, album, webtest.Look{Screen: webtest.PictureScreens[0], Lang: lang})
		})
	}
	if err := album.Close(); err != nil {
		t.Fatal(err)
	}
}

// pictureConsole looks at a company in which something has happened.
func pictureConsole(t *testing.T, album *webtest.Album, look webtest.Look) {
	s := open(t, withHolder(t, &sales{}))
	w := s.window(t, look)
	staff, who := s.actorNamed(look.Lang, word(w, "演示运营", "Demo Operator"), "operator")
	for _, role := range []string{identity.Operator, identity.Reviewer} {
		s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), staff.ID, role))
	}
	company, err := s.App.Orgs.Create(t.Context(), app.Actor(), word(w, "演示公司", "Demo Company"))
	s.Must(err)
	s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: company.ID, Account: staff.ID, Role: org.Creator}))
	s.busy(w, company)
	s.counted(t)
	signIn(w, who)
	w.Go("/console").Sees(word(w, "实时", "Live")).Picture(album, "dashboard")
	w.Go("/console/organisations/"+company.ID+"/people").Picture(album, "people")
	w.Go("/console/reviews").Picture(album, "reviews")
	w.Go("/console/reports").Sees(word(w, "登录次数", "Sign-ins")).Picture(album, "reports")
}

// busy lets two weeks pass in a company: people come and go, and some of them
// close their accounts.
func (s *site) busy(w *webtest.Window, company org.Organisation) {
	s.T.Helper()
	var names []string
	for i := range 6 {
		a, name := s.actorNamed(w.Look.Lang, fmt.Sprintf("%s %d", word(w, "演示成员", "Demo Member"), i+1), "member")
		s.Must(s.App.Orgs.PutMember(s.T.Context(), app.Actor(), org.Member{Organisation: company.ID, Account: a.ID, Role: org.Ordinary}))
		names = append(names, name)
	}
	kinds := session.DeviceKinds()
	for day := range 14 {
		for i, name := range names[:2+(day*3)%5] {
			in := s.on(name, kinds[(i+day)%3])
			if day%3 == 0 {
				_, err := s.App.Sessions.SignOut(s.T.Context(), in.Session.Account, in.Session.ID)
				s.Must(err)
			}
		}
		if day%4 == 3 {
			leaver, _ := s.actorNamed(w.Look.Lang, word(w, "演示成员", "Demo Member"), "leaver")
			s.Confirm(leaver, "wecom")
		}
		s.Clock.Advance(24 * time.Hour)
	}
	for i, name := range names {
		s.on(name, kinds[i%3])
	}
}

// on signs somebody in on a kind of device.
func (s *site) on(name, kind string) access.SignedIn {
	s.T.Helper()
	in, err := s.App.Access.SignIn(s.T.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: kind}, App: "test"})
	s.Must(err)
	return in
}
