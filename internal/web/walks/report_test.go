package walks

import (
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// counted places what has happened in the audit log, and counts it.
func (s *site) counted(t *testing.T) {
	t.Helper()
	_, err := s.App.Audit.Sequence(t.Context())
	s.Must(err)
	_, err = s.App.Reports.Fold(t.Context())
	s.Must(err)
}

func TestReportsAreShownAndSaved(t *testing.T) {
	t.Parallel()
	s := open(t)
	boss, operator := s.Person()
	s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), boss.ID, identity.Operator))
	chief, admin := s.Person()
	s.Organisation(org.Admin, chief)
	leaver, them := s.Person()
	s.SignIn(them)
	s.Confirm(leaver, "wecom")
	s.counted(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(s.window(t, look), operator)
			w.Go("/console/reports").Sees(word(w, "全平台", "Whole platform"), word(w, "申请注销\n1", "Closures requested\n1")).Check("reports")
			w.Press(word(w, "近 7 天", "7 days")).Sees(word(w, "申请注销\n1", "Closures requested\n1"))
			w.Touch(word(w, "查看数据", "Show the numbers")).Check("reports-numbers")
			w.Go("/console/reports?from=2026-02-01&to=2026-01-01").Sees(word(w, "结束日期不能早于开始日期", "may not come before the first")).Check("reports-wrong")
			w = signIn(s.window(t, look), admin)
			w.Go("/console/reports").SeesNot(word(w, "全平台", "Whole platform")).Check("reports-admin")
		})
	}
}

func TestAReportAsAFileHoldsWhatThePageShows(t *testing.T) {
	t.Parallel()
	s := open(t)
	boss, operator := s.Person()
	s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), boss.ID, identity.Operator))
	p := s.plain(t)
	p.signIn(operator)
	s.counted(t)
	text := p.get("/console/reports.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 31 || rows[0][0] != "Day" || rows[0][1] != "Sign-ins" || rows[30][1] != "1" {
		t.Fatalf("%v: %q", err, text.body)
	}
	book := p.get("/console/reports.xlsx")
	f, err := excelize.OpenReader(bytes.NewReader([]byte(book.body)))
	if err != nil {
		t.Fatal(err)
	}
	cells, err := f.GetRows("Signoff")
	if err != nil {
		t.Fatal(err)
	}
	if len(cells) != len(rows) || !slices.Equal(cells[0], rows[0]) || !slices.Equal(cells[30], rows[30]) {
		t.Errorf("the workbook has %v … %v, the other file %v … %v", cells[0], cells[30], rows[0], rows[30])
	}
	if wrong := p.get("/console/reports.csv?from=2026-02-01&to=2026-01-01"); wrong.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("days in the wrong order: %d", wrong.StatusCode)
	}
	if got := book.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") {
		t.Errorf("it is %q", got)
	}
}

func TestWhoMaySeeAReport(t *testing.T) {
	t.Parallel()
	s := open(t)
	chief, admin := s.Person()
	ours := s.Organisation(org.Admin, chief)
	other, _ := s.Person()
	theirs := s.Organisation(org.Admin, other)
	nobody, name := s.Person()
	s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: ours.ID, Account: nobody.ID, Role: org.Ordinary}))
	auditor, reader := s.Person()
	s.Must(s.App.Accounts.Grant(t.Context(), app.Actor(), auditor.ID, identity.Auditor))
	for _, c := range []struct {
		who, path string
		want      int
	}{
		{admin, "", http.StatusOK},
		{admin, "?organisation=" + ours.ID, http.StatusOK},
		{admin, "?organisation=" + theirs.ID, http.StatusNotFound},
		{name, "", http.StatusNotFound},
		{name, "?organisation=" + ours.ID, http.StatusForbidden},
		{reader, "", http.StatusOK},
		{reader, "?organisation=" + ours.ID, http.StatusNotFound},
	} {
		p := s.plain(t)
		p.signIn(c.who)
		for _, face := range []string{"", ".csv", ".xlsx"} {
			res := p.get("/console/reports" + face + c.path)
			if _, err := io.Copy(io.Discard, strings.NewReader(res.body)); err != nil || res.StatusCode != c.want {
				t.Errorf("%s asks for %s%s: %d, want %d", c.who, face, c.path, res.StatusCode, c.want)
			}
		}
	}
}
