package walks

import (
	"testing"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// company is an organisation with a creator, an admin and two members in
// departments, who are signed in.
type company struct {
	*site
	org.Organisation
	sales, team    org.Department
	boss, admin    identity.Account
	one, two       identity.Account
	bossN, adminN  string
	oneN, twoN     string
	oneToken, twoT string
}

func openCompany(t *testing.T, options ...apptest.Option) *company {
	t.Helper()
	c := &company{site: open(t, options...)}
	c.boss, c.bossN = c.Person()
	c.admin, c.adminN = c.Person()
	c.one, c.oneN = c.Person()
	c.two, c.twoN = c.Person()
	c.Organisation = c.World.Organisation(org.Creator, c.boss)
	var err error
	c.sales, err = c.App.Orgs.CreateDepartment(t.Context(), app.Actor(), c.ID, "", "Sales")
	c.Must(err)
	c.team, err = c.App.Orgs.CreateDepartment(t.Context(), app.Actor(), c.ID, c.sales.ID, "Team North")
	c.Must(err)
	for _, m := range []org.Member{{Account: c.admin.ID, Role: org.Admin}, {Account: c.one.ID, Role: org.Ordinary, Department: c.team.ID},
		{Account: c.two.ID, Role: org.Ordinary}} {
		m.Organisation = c.ID
		c.Must(c.App.Orgs.PutMember(t.Context(), app.Actor(), m))
	}
	c.oneToken, c.twoT = c.on(c.oneN, session.Phone), c.on(c.twoN, session.Desktop)
	return c
}

// on signs somebody in on a kind of device.
func (c *company) on(name, kind string) string {
	c.T.Helper()
	in, err := c.App.Access.SignIn(c.T.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: kind, System: "Test OS", Key: name + kind}, App: "test"})
	c.Must(err)
	return in.Token
}

// as gives somebody a role on the platform.
func (s *site) as(a identity.Account, role string) {
	s.T.Helper()
	s.Must(s.App.Accounts.Grant(s.T.Context(), app.Actor(), a.ID, role))
}

func TestAnAdminSeesTheOrganisationAndWhoIsOnline(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(c.window(t, look), c.adminN)
			w.Go("/console/organisations").Sees("Test").SeesNot(word(w, "新建企业", "New organisation")).Check("organisations")
			w.Press("Test").At("/console/organisations/"+c.ID).Sees(word(w, "成员", "Members"), word(w, "正常", "Active")).Check("organisation")
			w.Press(word(w, "当前在线", "Online now")).Sees(c.oneN, c.twoN).Check("online")
			w.Go("/console/organisations/" + c.ID + "/online?department=" + c.sales.ID).Sees(c.oneN).SeesNot(c.twoN)
		})
	}
}

func TestAnOperatorMakesAnOrganisation(t *testing.T) {
	t.Parallel()
	s := open(t)
	operator, who := s.Person()
	s.as(operator, identity.Operator)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(s.window(t, look), who)
			w.Go("/console/organisations").Check("organisations-none").Press(word(w, "新建企业", "New organisation")).Check("organisation-new")
			w.Type("name", "Acme "+look.Screen.Name).Press(word(w, "创建", "Create")).Sees("Acme " + look.Screen.Name).Check("organisation-empty")
			w.Go("/console/organisations").Press("Acme").Press(word(w, "当前在线", "Online now")).Sees(word(w, "当前没有人在线", "Nobody is online")).Check("online-nobody")
		})
	}
}

func TestOtherOrganisationsAreNotThere(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	stranger, strangerN := c.Person()
	own := c.World.Organisation(org.Admin, stranger)
	p := c.plain(t)
	p.signIn(strangerN)
	if r := p.get("/console/organisations/" + own.ID); r.StatusCode != 200 {
		t.Fatalf("the own organisation: %d", r.StatusCode)
	}
	base := "/console/organisations/" + c.ID
	for _, path := range []string{base, base + "/online", base + "%20x", "/console/organisations/none"} {
		if r := p.get(path); r.StatusCode != 404 {
			t.Errorf("GET %s: %d", path, r.StatusCode)
		}
	}
	if r := p.get("/console/organisations/" + own.ID + "/online?department=" + c.sales.ID); r.StatusCode != 404 {
		t.Errorf("a department of another organisation: %d", r.StatusCode)
	}
	if r := p.get("/console/organisations/new"); r.StatusCode != 403 {
		t.Errorf("making one: %d", r.StatusCode)
	}
	member := c.plain(t)
	member.signIn(c.oneN)
	for _, path := range []string{base, "/console/organisations"} {
		if r := member.get(path); r.StatusCode != 403 {
			t.Errorf("a member at %s: %d", path, r.StatusCode)
		}
	}
}
