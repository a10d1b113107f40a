package walks

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

func TestAnOperatorLooksAfterAnAccount(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.operator()
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, other := s.Person()
			s.Organisation(org.Admin, a)
			s.SignIn(other)
			w := signIn(s.window(t, look), who)
			w.Go("/console/accounts").Sees(other).Check("accounts")
			w.Type("name", "nobody at all").Press(word(w, "查找", "Find")).Check("accounts-nobody")
			w.Type("name", other).Press(word(w, "查找", "Find")).At("/console/accounts/"+a.ID).Sees("Test", word(w, "没有注销申请", "Closures\nNone")).Check("account")
			w.Touch(word(w, "授予审核人员角色", "Grant Reviewer")).Press(word(w, "确认授予", "Yes, grant it")).Sees(word(w, "角色已授予", "The role is granted")).Check("account-granted")

			w.Go("/console/accounts/"+a.ID+"/access").Sees(other, word(w, "当前登录（1）", "Sessions (1)")).Check("account-access")
			w.Touch(word(w, "结束全部登录", "End all sessions")).Type("reason", "lost phone").Press(word(w, "立即结束", "End them now")).Sees(word(w, "已结束 1 处登录", "Sessions ended: 1"))
			w.Touch(word(w, "添加登录名", "Add a sign-in name")).Type("value", "not an address").Press(word(w, "保存", "Save")).Check("account-access-wrong")
			w.Go("/console/accounts/" + a.ID + "/access").Press(word(w, "生成密码重置链接", "Make a password reset link")).Sees("/reset-password#").Check("reset-link")

			w.Go("/console/accounts/" + a.ID + "/hindrances").Check("account-hindrances-none")
			w.Touch(word(w, "登记欠费", "Record an arrear")).Type("amount", "12.5").Type("invoice", "A-17").Press(word(w, "保存", "Save")).Sees("12.50 CNY", "A-17")
			w.Touch(word(w, "添加绑定", "Add a binding")).Type("service", "alipay").Press(word(w, "保存", "Save")).Sees("alipay").Check("account-hindrances")
			w.Go("/console/accounts?state=active").Sees(other)
			w.Go("/console/accounts?state=paused").Sees(word(w, "没有符合条件的账号", "No accounts match")).Check("accounts-none")
		})
	}
}

func TestAnOperatorMakesAccountsAndLinks(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.operator()
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(s.window(t, look), who)
			newcomer := "newcomer" + string(rune('a'+i))
			w.Go("/console/accounts/new").Check("account-new").Press(word(w, "创建", "Create")).Check("account-new-wrong")
			w.Type("name", "New Person").Type("username", newcomer).Press(word(w, "创建", "Create")).Sees(word(w, "账号已创建", "The account is created"), "New Person")
			w.Go("/console/accounts/new").Type("username", newcomer).Press(word(w, "创建", "Create")).Check("account-new-taken")
			w.Go("/console/accounts/register-link").Check("register-link").Type("value", newcomer+"@example.com").Press(word(w, "生成链接", "Make the link")).Sees("/register#").Check("register-link-made")
		})
	}
}

func TestAnOperatorImportsPeople(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.operator()
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(s.window(t, look), who)
			one := "imported" + string(rune('a'+i))
			w.Go("/console/accounts/import").Check("import")
			w.Paste("people", "name,username,email\nAnn,"+one+",\nBob,,not-an-address\n").Press(word(w, "预览", "Look first")).Sees(word(w, "什么都没有写入", "Nothing has been written")).Check("import-look")
			if _, err := s.App.Accounts.Find(t.Context(), one); err == nil {
				t.Error("looking has made an account")
			}
			w.Paste("people", "name,username\nAnn,"+one+"\n").Press(word(w, "立即导入", "Import now")).At("/console/accounts").Sees(word(w, "导入完成", "Imported. Created: 1"))
			if _, err := s.App.Accounts.Find(t.Context(), one); err != nil {
				t.Errorf("nobody was imported: %v", err)
			}
		})
	}
}

// Every form of an account's pages does what its page says, and its neighbours
// stay as they are.
func TestFormsOfAnAccount(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.operator()
	a, _ := s.Person()
	ctx := t.Context()
	p := s.plain(t)
	p.signIn(who)
	base := "/console/accounts/" + a.ID
	token := p.token(base)
	do := func(path string, status int, pairs ...string) answer {
		t.Helper()
		form := url.Values{"form_token": {token}}
		for i := 0; i+1 < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		r := p.send("POST", base+path, form)
		if r.StatusCode != status {
			t.Errorf("%s %v: %d, not %d", path, pairs, r.StatusCode, status)
		}
		return r
	}
	now := func() identity.Account {
		t.Helper()
		one, err := s.App.Accounts.Get(ctx, a.ID)
		s.Must(err)
		return one
	}
	do("/flags", 303, "stolen", "yes")
	if !now().Stolen || now().Banned {
		t.Error("not marked as stolen")
	}
	do("/reset-link", 403)
	do("/flags", 303)
	if now().Stolen {
		t.Error("still marked")
	}
	do("/grants/auditor", 303)
	do("/grants/emperor", 404)
	grants, err := s.App.Accounts.Grants(ctx, a.ID)
	s.Must(err)
	if !slices.Equal(grants, []string{identity.Auditor}) {
		t.Errorf("grants %v", grants)
	}
	do("/grants/auditor/revoke", 303)
	do("/grants/auditor/revoke", 404)
	do("/identifiers", 303, "kind", "email", "value", "New@Example.com")
	do("/identifiers", 409, "kind", "email", "value", "new@example.com")
	do("/identifiers/verify", 303, "kind", "email", "value", "new@example.com")
	if id := (identity.Identifier{Kind: identity.Email, Value: "new@example.com"}); now().Verified[id].IsZero() {
		t.Error("not vouched for")
	}
	do("/identifiers/remove", 303, "kind", "email", "value", "new@example.com")
	do("/pause", 422, "until", "2001-01-01")
	do("/pause", 303, "until", "2026-03-20")
	if now().State != identity.Paused {
		t.Error("not paused")
	}
	do("/resume", 303)
	do("/resume", 409)
	do("/factors/none/remove", 404)
	for _, amount := range []string{"", "x", "-1", "0", "1.234", "1e9", "99999999999999999999"} {
		do("/arrears", 422, "amount", amount, "currency", "CNY")
	}
	do("/arrears", 303, "amount", "300", "currency", "JPY")
	do("/bindings", 422, "service", "")
	do("/bindings", 303, "service", "alipay", "reference", "somebody")
	bindings, arrears, err := s.App.Accounts.Hindrances(ctx, a.ID)
	s.Must(err)
	if len(bindings) != 1 || len(arrears) != 1 || arrears[0].Amount != 300 || arrears[0].Currency != "JPY" {
		t.Fatalf("%+v, %+v", bindings, arrears)
	}
	do("/arrears/"+bindings[0].ID+"/settle", 404)
	do("/arrears/"+arrears[0].ID+"/settle", 303)
	do("/bindings/"+bindings[0].ID+"/release", 303)
	do("/sessions/end", 422)
	link := do("/reset-link", 200)
	if !strings.Contains(link.body, "/reset-password#") || link.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the link's page: %v", link.Header)
	}
	s.placed()
	found, err := s.App.Audit.Reads.AuditSearch(ctx, audit.Filter{Account: a.ID, Action: "account.flagged", Limit: 10})
	s.Must(err)
	if len(found) != 2 || found[0].Actor.Kind != audit.KindOperator {
		t.Errorf("the log has %+v", found)
	}
}

func TestAccountsArePagedThrough(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.operator()
	for range 65 {
		s.Person()
	}
	p := s.plain(t)
	p.signIn(who)
	seen := map[string]bool{}
	pages := 0
	for path := "/console/accounts?state=active"; path != ""; pages++ {
		r := p.get(path)
		for _, m := range hrefs.FindAllStringSubmatch(r.body, -1) {
			if id, ok := strings.CutPrefix(m[1], "/console/accounts/"); ok && len(id) == 36 {
				if seen[id] {
					t.Fatalf("%s is on two pages", id)
				}
				seen[id] = true
			}
		}
		path = p.next(r)
	}
	if len(seen) != 66 || pages != 3 {
		t.Errorf("%d accounts on %d pages", len(seen), pages)
	}
}

// next is where a list goes on, "" at its end.
func (p *plain) next(r answer) string {
	_, rest, _ := strings.Cut(r.body, `class="btn ms-auto" href="`)
	path, _, _ := strings.Cut(rest, `"`)
	return strings.ReplaceAll(path, "&amp;", "&")
}

// Neither reading nor sending a form reaches accounts or policies without the
// operator's role, and what is asked for is the same whether it is there or not.
func TestPagesOfOperatorsRefuseOthers(t *testing.T) {
	t.Parallel()
	s := open(t)
	victim, victimN := s.Person()
	token := s.SignIn(victimN).Token
	accounts := "/console/accounts/" + victim.ID
	gets := []string{"/console/accounts", "/console/accounts/new", "/console/accounts/import", "/console/accounts/register-link", accounts, accounts + "/access", accounts + "/hindrances",
		"/console/accounts/none", "/console/policies", "/console/policies/new_version", "/console/policies/dingtalk", "/console/policies/none", "/console/policies/dingtalk/try"}
	posts := []string{"/console/accounts/find", "/console/accounts/new", "/console/accounts/import", "/console/accounts/register-link", accounts + "/flags", accounts + "/grants/operator",
		accounts + "/grants/operator/revoke", accounts + "/pause", accounts + "/resume", accounts + "/identifiers", accounts + "/identifiers/verify", accounts + "/identifiers/remove",
		accounts + "/factors/x/remove", accounts + "/arrears", accounts + "/arrears/x/settle", accounts + "/bindings", accounts + "/bindings/x/release", accounts + "/sessions/end",
		accounts + "/reset-link", "/console/policies/new_version", "/console/policies/dingtalk/try"}
	for _, role := range []string{"", identity.Reviewer, identity.Auditor} {
		a, who := s.Person()
		if role != "" {
			s.as(a, role)
		}
		p := s.plain(t)
		p.signIn(who)
		for _, path := range gets {
			if r := p.get(path); r.StatusCode != 403 || strings.Contains(r.body, victimN) {
				t.Errorf("as %q GET %s: %d", role, path, r.StatusCode)
			}
		}
		form := url.Values{"form_token": {p.token("/sign-out")}, "banned": {"yes"}, "name": {victimN}, "kind": {"email"}, "value": {"x@example.com"}, "username": {"planted"}, "people": {"name,username\nX,planted\n"},
			"amount": {"1"}, "currency": {"CNY"}, "service": {"x"}, "reason": {"x"}, "do": {"import"}}
		for _, path := range posts {
			if r := p.send("POST", path, form); r.StatusCode != 403 || !strings.Contains(r.body, `data-code="role_required"`) {
				t.Errorf("as %q POST %s: %d", role, path, r.StatusCode)
			}
		}
	}
	now, err := s.App.Accounts.Get(t.Context(), victim.ID)
	s.Must(err)
	grants, err := s.App.Accounts.Grants(t.Context(), victim.ID)
	s.Must(err)
	if now.Banned || now.State != identity.Active || len(now.Identifiers) != len(victim.Identifiers) || len(grants) != 0 {
		t.Errorf("changed: %+v, %v", now, grants)
	}
	if _, err := s.App.Sessions.Check(t.Context(), token); err != nil {
		t.Errorf("the session: %v", err)
	}
	if _, err := s.App.Accounts.Find(t.Context(), "planted"); err == nil {
		t.Error("an account was made")
	}
	_, boss := s.operator()
	p := s.plain(t)
	p.signIn(boss)
	for _, path := range []string{"/console/accounts/none", "/console/accounts/none/access", "/console/accounts/%20x/hindrances"} {
		if r := p.get(path); r.StatusCode != 404 {
			t.Errorf("an operator at %s: %d", path, r.StatusCode)
		}
	}
}
