package walks

import (
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
)

// placed gives every entry its place in the log.
func (s *site) placed() {
	s.T.Helper()
	_, err := s.App.Audit.Sequence(s.T.Context())
	s.Must(err)
}

// auditor makes somebody who may read what proves, and change nothing.
func (s *site) auditor() (a identity.Account, name string) {
	s.T.Helper()
	a, name = s.Person()
	s.as(a, identity.Auditor)
	return a, name
}

func TestAnAuditorReadsTheAuditLog(t *testing.T) {
	t.Parallel()
	s := open(t)
	leaver, _ := s.Person()
	s.Must(s.App.Access.SetFlags(t.Context(), app.Actor(), leaver.ID, true, false))
	for range 40 {
		s.Person()
	}
	_, who := s.auditor()
	s.placed()
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(s.window(t, look), who)
			w.Go("/console").Check("console-auditor").Press(word(w, "审计日志", "Audit log")).At("/console/audit")
			w.Sees(word(w, "创建账号", "Account created")).Check("audit")
			w.Press(word(w, "下一页", "Next page")).Sees(word(w, "回到第一页", "First page")).Check("audit-next")
			w.Go("/console/audit?account="+leaver.ID).Sees(word(w, "设置被盗或封禁标记", "Flagged as stolen or banned"), leaver.ID)
			w.Go("/console/audit?account=" + leaver.ID + "&action=account.flagged").SeesNot(word(w, "下一页", "Next page")).Check("audit-searched")
			w.Go("/console/audit?since=2001-01-01&until=2001-01-02").Sees(word(w, "没有符合条件的记录", "No entries match")).Check("audit-none")
			w.Go("/console/audit/entries/1").Sees(word(w, "已当场验证", "Checked just now")).Check("audit-entry")
			w.Go("/console/audit/verify").Check("audit-verify").Press(word(w, "开始验证", "Verify now")).Sees(word(w, "日志完好", "The log is intact")).Check("audit-intact")
			w.Type("checkpoint", "nonsense").Press(word(w, "开始验证", "Verify now")).Sees(word(w, "不是审计日志的检查点", "not a checkpoint")).Check("audit-nonsense")
		})
	}
}

// What an auditor pastes back is what was downloaded, and a changed entry shows.
func TestTamperingShowsOnThePages(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.auditor()
	s.placed()
	p := s.plain(t)
	p.signIn(who)
	file := p.get("/console/audit/checkpoint")
	if file.StatusCode != 200 || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("the checkpoint: %d %v", file.StatusCode, file.Header)
	}
	verify := func() answer {
		t.Helper()
		form := url.Values{"form_token": {p.token("/console/audit/verify")}, "checkpoint": {strings.ReplaceAll(file.body, "\n", "\r\n")}}
		return p.send("POST", "/console/audit/verify", form)
	}
	if r := verify(); r.StatusCode != 200 || !strings.Contains(r.body, "The log is intact") || !strings.Contains(r.body, "Yes; it had entries") {
		t.Errorf("an intact log: %d", r.StatusCode)
	}
	_, err := s.App.DB.Write.ExecContext(t.Context(), `UPDATE audit_entries SET action = 'account.forged' WHERE seq = 1`)
	s.Must(err)
	if r := verify(); r.StatusCode != 200 || !strings.Contains(r.body, "was tampered with") || !strings.Contains(r.body, `href="/console/audit/entries/1"`) {
		t.Errorf("an altered log: %d", r.StatusCode)
	}
	if r := p.get("/console/audit/entries/1"); r.StatusCode != 200 || !strings.Contains(r.body, "cannot be proven") {
		t.Errorf("the altered entry: %d", r.StatusCode)
	}
	for _, seq := range []string{"9999", "-1", "x"} {
		if r := p.get("/console/audit/entries/" + seq); r.StatusCode != 404 {
			t.Errorf("entry %s: %d", seq, r.StatusCode)
		}
	}
}

// Every page of the log after the first begins where the one before ended.
func TestTheAuditLogIsPagedThrough(t *testing.T) {
	t.Parallel()
	s := open(t)
	for range 30 {
		s.Person()
	}
	_, who := s.auditor()
	s.placed()
	head, err := s.App.Audit.Reads.AuditHead(t.Context())
	s.Must(err)
	p := s.plain(t)
	p.signIn(who)
	seen := map[string]bool{}
	for path := "/console/audit"; path != ""; {
		r := p.get(path)
		for _, m := range hrefs.FindAllStringSubmatch(r.body, -1) {
			if seq, ok := strings.CutPrefix(m[1], "/console/audit/entries/"); ok {
				if seen[seq] {
					t.Fatalf("entry %s is on two pages", seq)
				}
				seen[seq] = true
			}
		}
		path = p.next(r)
	}
	if int64(len(seen)) != head.Size {
		t.Errorf("%d entries of %d", len(seen), head.Size)
	}
	if audit.End < head.Size {
		t.Error("the log ends before its end")
	}
}

func TestPagesOfTheAuditLogAreForOperatorsAndAuditors(t *testing.T) {
	t.Parallel()
	s := open(t)
	boss, who := s.operator()
	s.placed()
	p := s.plain(t)
	p.signIn(who)
	if r := p.get("/console/audit/entries/0"); r.StatusCode != 200 {
		t.Errorf("an operator: %d", r.StatusCode)
	}
	reviewer, reviewerN := s.Person()
	s.as(reviewer, identity.Reviewer)
	_, memberN := s.Person()
	for _, who := range []string{reviewerN, memberN} {
		p := s.plain(t)
		p.signIn(who)
		for _, path := range []string{"/console/audit", "/console/audit/entries/0", "/console/audit/checkpoint", "/console/audit/verify"} {
			if r := p.get(path); r.StatusCode != 403 || strings.Contains(r.body, boss.ID) {
				t.Errorf("GET %s: %d", path, r.StatusCode)
			}
		}
		if r := p.send("POST", "/console/audit/verify", url.Values{"form_token": {p.token("/sign-out")}}); r.StatusCode != 403 {
			t.Errorf("POST: %d", r.StatusCode)
		}
	}
}
