package walks

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
)

const crmMapping = `title: {zh-CN: 客户系统, en: Customer database}
bases:
  accounting: {zh-CN: 《会计法》第二十三条, en: "Accounting Law, article 23"}
tables:
  - table: crm_people
    person: {column: account_id, match: account}
    action: delete
  - table: crm_invoices
    person: {column: buyer, match: account}
    action: keep
    until: {years: 10}
    basis: accounting
    pseudonymise: [buyer]
`

// holdersOf gives an installation a database and a folder to look after. The
// database is its own: that has the tables once crmTables has made them.
func holdersOf(t *testing.T) apptest.Option {
	t.Helper()
	dir := t.TempDir()
	mapping := filepath.Join(dir, "crm.yaml")
	if err := os.WriteFile(mapping, []byte(crmMapping), 0o600); err != nil {
		t.Fatal(err)
	}
	documents := filepath.Join(dir, "documents")
	if err := os.Mkdir(documents, 0o700); err != nil {
		t.Fatal(err)
	}
	return func(c *config.Config, _ *app.World) {
		c.Holders = []config.Holder{{Name: "crm", Kind: "sqldb", Mapping: mapping, DSN: config.Secret(c.DSN())},
			{Name: "documents", Kind: "blob", Bucket: "file://" + documents, Prefix: "people/{account}/", OrganisationPrefix: "organisations/{organisation}/"}}
	}
}

func (s *site) crmTables(there bool) {
	s.T.Helper()
	for _, table := range []string{"crm_people (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL)", "crm_invoices (id INTEGER PRIMARY KEY, buyer TEXT NOT NULL)"} {
		statement := "CREATE TABLE IF NOT EXISTS " + table
		if !there {
			name, _, _ := strings.Cut(table, " ")
			statement = "DROP TABLE IF EXISTS " + name
		}
		_, err := s.App.DB.Write.ExecContext(s.T.Context(), statement)
		s.Must(err)
	}
}

func TestAnAuditorChecksDataHolders(t *testing.T) {
	t.Parallel()
	s := open(t, holdersOf(t))
	_, who := s.auditor()
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			s.crmTables(false)
			w := signIn(s.window(t, look), who)
			w.Go("/console/holders").Sees(word(w, "客户系统", "Customer database")).Check("holders")
			w.Press(word(w, "客户系统", "Customer database")).At("/console/holders/crm").Sees(word(w, "10 年", "10 years"), word(w, "《会计法》", "Accounting Law"))
			w.Press(word(w, "立即检查", "Check now")).Sees("crm_people", word(w, "未就绪", "Not ready")).Check("holder-wrong")
			s.crmTables(true)
			w.Press(word(w, "立即检查", "Check now")).Sees(word(w, "可以连接", "can be reached")).SeesNot(word(w, "未就绪", "Not ready")).Check("holder-ready")
			w.Go("/console/holders/documents").Sees(word(w, "企业数据", "Data about organisations")).Check("holder-files")
		})
	}
}

func TestNoDataHolders(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.auditor()
	for _, look := range looks()[:2] {
		w := signIn(s.window(t, look), who)
		w.Go("/console/holders").Sees(word(w, "还没有配置", "No data holders")).Check("holders-none")
	}
}

func TestPagesOfDataHoldersAreForOperatorsAndAuditors(t *testing.T) {
	t.Parallel()
	s := open(t, holdersOf(t))
	_, who := s.operator()
	p := s.plain(t)
	p.signIn(who)
	if r := p.get("/console/holders/crm"); r.StatusCode != 200 {
		t.Errorf("an operator: %d", r.StatusCode)
	}
	if r := p.get("/console/holders/none"); r.StatusCode != 404 {
		t.Errorf("no such holder: %d", r.StatusCode)
	}
	reviewer, reviewerN := s.Person()
	s.as(reviewer, identity.Reviewer)
	_, memberN := s.Person()
	for _, who := range []string{reviewerN, memberN} {
		p := s.plain(t)
		p.signIn(who)
		for _, path := range []string{"/console/holders", "/console/holders/crm", "/console/holders/none"} {
			if r := p.get(path); r.StatusCode != 403 {
				t.Errorf("GET %s: %d", path, r.StatusCode)
			}
		}
		if r := p.send("POST", "/console/holders/crm/check", url.Values{"form_token": {p.token("/sign-out")}}); r.StatusCode != 403 {
			t.Errorf("POST: %d", r.StatusCode)
		}
	}
	checks, _, err := s.App.Checks.Health(t.Context())
	s.Must(err)
	if len(checks) != 0 {
		t.Errorf("somebody who may not has checked: %v", checks)
	}
}
