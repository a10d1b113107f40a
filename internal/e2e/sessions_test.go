package e2e_test

import (
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
)

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "signing oneself out", signingOneselfOut)
		s.run(t, "signing in right after everybody was signed out", signingInRightAfterEverybodyWasSignedOut)
		s.run(t, "ended sessions fail everywhere", endedSessionsFailEverywhere)
		s.run(t, "sign ins on devices", signInsOnDevices)
	})
}

func signInsOnDevices(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	phone, tablet := s.signInAs(p, client.Phone), s.signInAs(p, client.Tablet)
	all, err := p.Sessions(ctx)
	s.Must(err)
	var seen []string
	for _, x := range all {
		seen = append(seen, x.Device.Kind+" "+x.Device.Name+" "+x.App)
		if x.Current != (x.Device.Kind == client.Desktop) || !x.ExpiresAt.Equal(x.CreatedAt.Add(s.Config.Session.AbsoluteTTL)) {
			t.Errorf("session %+v", x)
		}
	}
	if !slices.Equal(seen, []string{"tablet the tablet crm", "phone the phone crm", "desktop the desktop crm"}) {
		t.Errorf("sessions %q", seen)
	}
	checked, err := s.with(phone.Token).CheckSession(ctx)
	if err != nil || checked.ID != phone.Session.ID || checked.AccountID != p.id || checked.DeviceKind != client.Phone || checked.App != "crm" {
		t.Errorf("checked: %+v, %v", checked, err)
	}
	for what, in := range map[string]client.NewSession{
		"a wrong password": {Name: p.username, Password: "not the passphrase"}, "nobody's name": {Name: "nobody-there", Password: p.password},
		"what is no name": {Name: "@", Password: p.password}, "another case": {Name: p.username, Password: "A" + p.password[1:]},
	} {
		in.App, in.Device.Kind = "crm", client.Phone
		if _, err := s.with("").SignIn(ctx, in); !client.HasCode(err, "credentials_wrong") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.trySignIn(p.username, p.password, "fridge"); !client.HasCode(err, "validation_failed") {
		t.Errorf("a device that there is not: %v", err)
	}
	for _, token := range []string{"", "x", "sos_", "sos_made-up-0123456789", tablet.Token + "x", "soc_" + tablet.Token[4:]} {
		if _, err := s.with(token).CheckSession(ctx); !client.HasStatus(err, 401) {
			t.Errorf("the token %.5s…: %v", token, err)
		}
	}
	s.Clock.Advance(s.Config.Session.AbsoluteTTL)
	if s.alive(p.Token()) || s.alive(tablet.Token) {
		t.Error("sessions outlive their time")
	}
}

func signingOneselfOut(t *testing.T, s *stage) {
	ctx := t.Context()
	p, other := s.person(), s.person()
	a, b, c, d := s.signInAs(p, client.Phone), s.signInAs(p, client.Tablet), s.signInAs(p, client.Desktop), s.signInAs(p, client.Desktop)
	s.ends(p.Client, client.SignOutOrder{Scope: client.OneSession, Target: a.Session.ID}, 1)
	s.ends(p.Client, client.SignOutOrder{Scope: client.OneSession, Target: a.Session.ID}, 0)
	s.live(t, "one ended", map[string]bool{a.Token: false, b.Token: true, c.Token: true, d.Token: true, p.Token(): true})
	s.Must(s.with(b.Token).SignOut(ctx))
	s.live(t, "the current one ended", map[string]bool{b.Token: false, c.Token: true, p.Token(): true})
	s.ends(p.Client, client.SignOutOrder{Scope: client.OtherSessions}, 2)
	s.live(t, "the others ended", map[string]bool{c.Token: false, d.Token: false, p.Token(): true, other.Token(): true})
	e := s.signInAs(p, client.Phone)
	if _, err := other.SignOutWith(ctx, client.SignOutOrder{Scope: client.OneSession, Target: e.Session.ID}); !client.HasCode(err, "session_not_found") {
		t.Errorf("somebody else's session: %v", err)
	}
	s.ends(p.Client, client.SignOutOrder{Scope: client.AllSessions}, 2)
	s.live(t, "all ended", map[string]bool{e.Token: false, p.Token(): false, other.Token(): true})
	if got := s.mail.to(p.email); slices.ContainsFunc(kindsOf(got), func(k string) bool { return k == "sessions_ended_by_admin" }) {
		t.Error("a person is told of the own sign-out")
	}
}

// An ended session fails its next check in every process: the one that ended
// it, another one on the same database, and after a restart.
func endedSessionsFailEverywhere(t *testing.T, s *stage) {
	ctx := t.Context()
	second, err := app.Open(ctx, s.Config, s.World.World)
	s.Must(err)
	defer func() { s.Must(second.Close()) }()
	there := func(token string) bool {
		_, err := second.Sessions.Check(ctx, token)
		return err == nil
	}
	p := s.person()
	a, b := s.signInAs(p, client.Phone), s.signInAs(p, client.Tablet)
	for _, token := range []string{p.Token(), a.Token, b.Token} { // whatever is remembered is warm now
		if !there(token) || !s.alive(token) {
			t.Fatal("a new session is not valid everywhere")
		}
	}
	s.ends(p.Client, client.SignOutOrder{Scope: client.OneSession, Target: a.Session.ID}, 1)
	if there(a.Token) || s.alive(a.Token) {
		t.Error("a session that was ended here lives on")
	}
	if _, err := second.Sessions.SignOut(ctx, p.id, b.Session.ID); err != nil || s.alive(b.Token) || there(b.Token) {
		t.Errorf("a session that was ended there lives on: %v", err)
	}
	c := s.company("远航科技有限公司")
	s.place(c, p, client.NewMember{Role: client.Ordinary})
	s.everybody(c.creator, c)
	if there(p.Token()) || s.alive(p.Token()) || there(c.worker.Token()) {
		t.Error("an organisation's sign-out does not reach the other process")
	}
	again := s.signInAs(p, client.Phone)
	s.restart(func() {})
	s.live(t, "after a restart", map[string]bool{a.Token: false, b.Token: false, p.Token(): false, c.worker.Token(): false, again.Token: true})
}

func (s *stage) ends(by *client.Client, o client.SignOutOrder, want int) {
	s.T.Helper()
	out, err := by.SignOutWith(s.T.Context(), o)
	s.Must(err)
	if out.Ended == nil || *out.Ended != want {
		s.T.Errorf("%+v ends %v sessions, want %d", o, out.Ended, want)
	}
}

// everybody ends all sessions of an organisation.
func (s *stage) everybody(by *person, c *company) {
	s.T.Helper()
	out, err := by.SignOutWith(s.T.Context(), client.SignOutOrder{Scope: client.WholeOrganisation, OrganisationID: c.ID, Reason: "security drill"})
	s.Must(err)
	if out.Ended != nil {
		s.T.Errorf("an organisation's sign-out counts %d", *out.Ended)
	}
}

func (s *stage) live(t *testing.T, when string, want map[string]bool) {
	t.Helper()
	for token, alive := range want {
		if s.alive(token) != alive {
			t.Errorf("%s: a session is alive %v, want %v", when, !alive, alive)
		}
	}
}

// A session that began in the very instant of a sign-out of everybody is a new
// one, whatever the clocks say.
func signingInRightAfterEverybodyWasSignedOut(t *testing.T, s *stage) {
	c := s.company("远航科技有限公司")
	for range 5 {
		s.everybody(c.creator, c)
		s.Clock.Advance(-time.Second) // another node's clock may be behind
		in := s.signInAs(c.worker, client.Phone)
		c.creator.Client = s.with(s.signInAs(c.creator, client.Desktop).Token)
		s.live(t, "signed in again", map[string]bool{in.Token: true, c.creator.Token(): true, c.worker.Token(): false})
	}
}
