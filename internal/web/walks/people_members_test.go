package walks

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// hire makes so many people without a password members of a department.
func (c *company) hire(n int, department string) (all []identity.Account) {
	c.T.Helper()
	for i := range n {
		a, err := c.App.Accounts.Create(c.T.Context(), app.Actor(), identity.NewAccount{Name: fmt.Sprintf("Han Mei %02d", i),
			Identifiers: []identity.Identifier{{Kind: identity.Email, Value: fmt.Sprintf("han%02d@example.com", i)}}})
		c.Must(err)
		c.Must(c.App.Orgs.PutMember(c.T.Context(), app.Actor(), org.Member{Organisation: c.ID, Account: a.ID, Role: org.Ordinary, Department: department}))
		all = append(all, a)
	}
	return all
}

func TestAnAdminFindsPeople(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	hired := c.hire(34, c.team.ID)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(c.window(t, look), c.adminN)
			w.Go("/console/organisations/"+c.ID).Press(word(w, "成员", "Members")).At("/console/organisations/"+c.ID+"/people").
				Sees(c.bossN, c.oneN, "Han Mei 00", "h***@example.com").SeesNot("Han Mei 33", "han00@example.com").Check("people")
			w.Press(word(w, "下一页", "Next page")).Sees("Han Mei 33").SeesNot("Han Mei 00", c.bossN).Check("people-2")
			w.Press(word(w, "回到第一页", "First page")).Sees(c.bossN)
			w.Go("/console/organisations/"+c.ID+"/people?department="+c.sales.ID+"&role=member").Sees(c.oneN).SeesNot(c.bossN, c.twoN)
			w.Go("/console/organisations/" + c.ID + "/people?state=at_rest").Sees(word(w, "没有符合条件的成员", "Nobody like this")).Check("people-none")
			w.Type("search", "mei 33").Press(word(w, "查找", "Find")).Sees("Han Mei 33").SeesNot("Han Mei 32", c.bossN).Check("people-found")
			w.Type("search", "mei").Press(word(w, "查找", "Find")).Sees("Han Mei 00").Press(word(w, "继续查找", "Go on searching")).Sees("Han Mei 33").SeesNot("Han Mei 00")
			w.Type("search", "nobody@example.com").Press(word(w, "查找", "Find")).Sees(word(w, "没有找到", "Nobody found")).Check("people-nobody")
			w.Type("search", "HAN07@example.com").Press(word(w, "查找", "Find")).At("/console/organisations/" + c.ID + "/people/" + hired[7].ID).Sees("Han Mei 07")
		})
	}
}

func TestAnAdminLooksAfterAMember(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := c.Person()
			c.Must(c.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: c.ID, Account: a.ID, Role: org.Ordinary}))
			c.on(who, session.Phone)
			w := signIn(c.window(t, look), c.adminN)
			at := "/console/organisations/" + c.ID + "/people/" + a.ID
			w.Go(at).Sees(who, "Test OS", "test", word(w, "地点未知", "Place unknown")).SeesNot(who + "@example.com").Check("member")
			w.Choose("department", c.team.ID).Choose("role", org.Admin).Choose("offices", org.FinanceOfficer).Press(word(w, "保存", "Save")).
				Sees(word(w, "已保存", "Saved"), word(w, "职务义务的证明", "Evidence for offices")).Check("member-changed")
			w.Touch(word(w, "添加事项", "Add something to do")).Type("title", "Hand over the keys").Press(word(w, "添加", "Add")).Sees("Hand over the keys")
			w.Touch(word(w, "登记证明", "Record evidence")).Type("evidence", "No. 2026-17").Press(word(w, "登记", "Record")).Sees("No. 2026-17").Check("member-duties")
			w.Go(at + "/remove").Check("member-remove").Press(word(w, "移出企业", "Remove from the organisation")).At("/console/organisations/" + c.ID + "/people").
				Sees(word(w, "已将该成员移出企业", "was removed")).SeesNot(who)
			w.Go("/console/organisations/" + c.ID + "/people/" + c.boss.ID).Sees(word(w, "角色高于您", "stands above yours")).Check("member-above")
		})
	}
}

func TestAnOrganisationsDepartments(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(c.window(t, look), c.adminN)
			w.Go("/console/organisations/"+c.ID+"/departments").Sees("Sales", "Team North").Check("departments")
			w.Type("name", "Team of "+name(look)).Choose("parent_id", c.sales.ID).Press(word(w, "创建", "Create")).Sees("Team of " + name(look))
			w.Press("Team North").Sees(c.oneN).SeesNot(c.twoN)
		})
	}
}

// Admins see the names of their own members and change nothing of others; who is no
// admin sees nobody.
func TestOnlyOwnMembersAreShown(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	stranger, strangerN := c.Person()
	own := c.World.Organisation(org.Admin, stranger)
	p := c.plain(t)
	p.signIn(strangerN)
	theirs, mine := "/console/organisations/"+c.ID, "/console/organisations/"+own.ID
	ended := c.sessionOf(c.one)
	before := c.Dump()
	for _, path := range []string{theirs + "/people", theirs + "/people/" + c.one.ID, theirs + "/departments", theirs + "/people/" + c.one.ID + "/remove",
		mine + "/people/" + c.one.ID, mine + "/people/" + c.one.ID + "/remove", mine + "/people/none", mine + "/people?department=" + c.sales.ID,
		mine + "/sign-out?scope=account&target=" + c.one.ID, mine + "/sign-out?scope=session&target=" + ended + "&of=" + stranger.ID,
		mine + "/sign-out?scope=department&target=" + c.sales.ID, theirs + "/sign-out?scope=organisation"} {
		if r := p.get(path); r.StatusCode != 404 || strings.Contains(r.body, c.oneN) {
			t.Errorf("GET %s: %d", path, r.StatusCode)
		}
	}
	token := p.token(mine + "/departments")
	form := func(pairs ...string) url.Values {
		f := url.Values{"form_token": {token}}
		for i := 0; i+1 < len(pairs); i += 2 {
			f.Add(pairs[i], pairs[i+1])
		}
		return f
	}
	for path, f := range map[string]url.Values{
		theirs + "/departments":                        form("name", "x"),
		theirs + "/people":                             form("search", c.oneN),
		theirs + "/people/" + c.one.ID + "/place":      form("role", "member"),
		mine + "/people/" + c.one.ID + "/place":        form("role", "member"),
		mine + "/people/" + c.one.ID + "/todos":        form("kind", "todo", "title", "x"),
		mine + "/people/" + c.one.ID + "/attestations": form("kind", "tax_deregistration", "evidence", "x"),
		mine + "/people/" + c.one.ID + "/remove":       form(),
		theirs + "/sign-out":                           form("scope", "organisation", "reason", "x"),
		mine + "/sign-out":                             form("scope", "account", "target", c.one.ID, "reason", "x"),
		mine + "/sign-out?two":                         form("scope", "account", "target", c.one.ID, "target", stranger.ID, "reason", "x"),
		mine + "/sign-out?session":                     form("scope", "session", "target", ended, "of", stranger.ID, "reason", "x"),
		mine + "/sign-out?department":                  form("scope", "department", "target", c.sales.ID, "reason", "x"),
	} {
		if r := p.send("POST", path, f); r.StatusCode != 404 {
			t.Errorf("POST %s: %d", path, r.StatusCode)
		}
	}
	if r := p.send("POST", mine+"/people", form("search", c.oneN)); r.StatusCode != 200 || !strings.Contains(r.body, "Nobody found") {
		t.Errorf("searching for somebody of another organisation: %d", r.StatusCode)
	}
	c.unchanged(t, before)
	member := c.plain(t)
	member.signIn(c.oneN)
	for _, path := range []string{theirs + "/people", theirs + "/people/" + c.two.ID, theirs + "/sign-out?scope=account&target=" + c.two.ID, "/console/orders"} {
		if r := member.get(path); r.StatusCode != 403 {
			t.Errorf("a member at %s: %d", path, r.StatusCode)
		}
	}
}

// sessionOf gives the id of somebody's newest session.
func (c *company) sessionOf(a identity.Account) string {
	c.T.Helper()
	all, err := c.App.Sessions.List(c.T.Context(), a.ID)
	c.Must(err)
	return all[0].ID
}

// unchanged fails when anything was written but that somebody was seen.
func (s *site) unchanged(t *testing.T, before map[string]string) {
	t.Helper()
	for table, rows := range s.Dump() {
		if rows != before[table] && table != "presence" && table != "sessions" {
			t.Errorf("%s has changed", table)
		}
	}
}

func TestAnAdminAddsPeople(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(c.window(t, look), c.adminN)
			base := "/console/organisations/" + c.ID
			w.Go(base + "/people").Press(word(w, "添加成员", "Add members")).Check("add")
			w.Type("name", "Xu Jing").Type("username", c.oneN+"x y").Press(word(w, "添加", "Add the person")).Sees(word(w, "用户名", "user name")).Check("add-refused")
			w.Type("username", "").Type("email", fmt.Sprintf("xu.jing%d@example.com", i)).Press(word(w, "添加", "Add the person")).
				Sees("Xu Jing", word(w, "已添加", "was added"), "x***@example.com")
			list := fmt.Sprintf("name,email,department\nWu Di,wu.di%d@example.com,Sales/Team %d\nNo Body,not an address,Sales\n", i, i)
			w.Go(base+"/people/add").Paste("people", list).Press(word(w, "检查", "Look first")).
				Sees(word(w, "目前什么都没有写入", "Nothing has been written yet"), word(w, "无法导入", "Refused")).Check("import-looked")
			w.Press(word(w, "导入", "Import")).Sees(word(w, "什么都没有写入", "nothing was written")).Check("import-refused")
			w.Choose("skip", "yes").Press(word(w, "导入", "Import")).At(base+"/people").Sees(word(w, "导入完成", "Imported: 1 joined"), "Wu Di").Check("import-done")
		})
	}
}

// Operators see what an account signs in with and whether it is being closed;
// admins see neither.
func TestWhatOperatorsSeeOfAMemberAndAdminsDoNot(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	chief, chiefN := c.Person()
	c.as(chief, identity.Operator)
	c.Must(c.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: c.ID, Account: c.two.ID, Role: org.Ordinary}))
	closing := c.Confirm(c.two, "wecom").Closure.ID
	path := "/console/organisations/" + c.ID + "/people/" + c.two.ID
	for who, sees := range map[string]bool{chiefN: true, c.adminN: false} {
		p := c.plain(t)
		p.signIn(who)
		r := p.get(path)
		if r.StatusCode != 200 || strings.Contains(r.body, closing) != sees || strings.Contains(r.body, c.twoN+"@example.com") != sees {
			t.Errorf("%s: %d, and does not see what is for such a role, or more", who, r.StatusCode)
		}
	}
	p := c.plain(t)
	p.signIn(chiefN)
	stranger, strangerN := c.Person()
	r := p.send("POST", "/console/organisations/"+c.ID+"/people/add", url.Values{"form_token": {p.token("/console/organisations/" + c.ID + "/people/add")}, "username": {strangerN}})
	if r.StatusCode != 303 || !strings.HasSuffix(r.Header.Get("Location"), "/people/"+stranger.ID) {
		t.Errorf("an operator adds an account that is there: %d to %q", r.StatusCode, r.Header.Get("Location"))
	}
	admin := c.plain(t)
	admin.signIn(c.adminN)
	other, otherN := c.Person()
	r = admin.send("POST", "/console/organisations/"+c.ID+"/people/add", url.Values{"form_token": {admin.token("/console/organisations/" + c.ID + "/people/add")}, "username": {otherN}})
	if r.StatusCode != 422 || !strings.Contains(r.body, "cannot be used here") {
		t.Errorf("an admin adds somebody else's account %s: %d\n%s", other.ID, r.StatusCode, r.body)
	}
}
