package walks

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

const pdf = "%PDF-1.7 \x00\xff a clearance"

func evidenceFile(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "clearance.pdf")
	if err := os.WriteFile(name, []byte(pdf), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// led makes an organisation with a creator, by the sign-in name.
func led(s *site) (org.Organisation, identity.Account, string) {
	s.T.Helper()
	creator, who := s.Person()
	return s.Organisation(org.Creator, creator), creator, who
}

// proven starts a dissolution and has all its evidence accepted.
func proven(s *site, o org.Organisation, creator identity.Account) dissolution.Dissolution {
	s.T.Helper()
	ctx, by := s.T.Context(), audit.Actor{Kind: audit.KindAdmin, ID: creator.ID}
	d, err := s.App.Dissolutions.Start(ctx, by, o.ID, dissolution.Simple, "")
	s.Must(err)
	for _, kind := range dissolution.Prerequisites() {
		a, err := s.App.Dissolutions.Attest(ctx, by, dissolution.Attestation{Dissolution: d.ID, Kind: kind, Reference: "1"}, []byte(pdf))
		s.Must(err)
		s.Must(s.App.Dissolutions.DecideEvidence(ctx, app.Actor(), d.ID, a.ID, true, ""))
	}
	return d
}

func announced(s *site, o org.Organisation, creator identity.Account, number string) dissolution.Dissolution {
	s.T.Helper()
	d := proven(s, o, creator)
	d, err := s.App.Dissolutions.Announce(s.T.Context(), audit.Actor{Kind: audit.KindAdmin, ID: creator.ID}, d.ID,
		dissolution.Notice{Published: d.StartedAt.In(time.FixedZone("", 8*3600)).Format(time.DateOnly), Media: "Gazette", Reference: number})
	s.Must(err)
	return d
}

func TestACreatorEndsAnOrganisation(t *testing.T) {
	t.Parallel()
	s := open(t)
	file := evidenceFile(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			o, creator, who := led(s)
			judge := staffed(s, identity.Reviewer)
			w := signIn(s.window(t, look), who)
			w.Go("/console/organisations/" + o.ID + "/dissolution").Sees(word(w, "公告期满后无法撤销", "there is no way back")).Check("dissolution-start")
			w.Choose("kind", "simple").Press(word(w, "开始注销", "Begin")).Sees(word(w, "企业注销已开始", "has begun"), word(w, "清税证明", "Tax clearance")).Check("dissolution-begun")

			w.Press(word(w, "提交证明材料", "Add evidence")).Check("dissolution-evidence")
			w.Choose("kind", "tax_clearance").Type("reference", "清税 77").Upload("content", file)
			w.Press(word(w, "提交", "Send")).Sees(word(w, "等待另一人审核", "second person reviews"), "清税 77").Check("dissolution-sent")

			v, err := s.App.Dissolutions.OfOrganisation(t.Context(), app.Actor(), o.ID)
			s.Must(err)
			r := signIn(s.window(t, look), judge)
			r.Go("/console/dissolutions").Touch(o.ID).Sees("清税 77").Check("dissolution-staff")
			r.Press(word(r, "清税证明", "Tax clearance")).Check("evidence")
			r.Press(word(r, "不通过", "Reject")).Sees(word(r, "不通过时必填", "Needed if you reject")).Check("evidence-wrong")
			r.Press(word(r, "通过", "Accept")).Sees(word(r, "证明材料已审核通过", "The evidence is accepted"))

			by := audit.Actor{Kind: audit.KindAdmin, ID: creator.ID}
			for _, kind := range []string{dissolution.SocialInsuranceExit, dissolution.NoArrears} {
				a, err := s.App.Dissolutions.Attest(t.Context(), by, dissolution.Attestation{Dissolution: v.ID, Kind: kind, Reference: "1"}, []byte(pdf))
				s.Must(err)
				s.Must(s.App.Dissolutions.DecideEvidence(t.Context(), app.Actor(), v.ID, a.ID, true, ""))
			}
			w.Go("/console/dissolutions/" + v.ID).Press(word(w, "登记公告", "Record the public notice")).Check("notice")
			today := s.Clock.Now().In(time.FixedZone("", 8*3600)).Format(time.DateOnly)
			number := "公告-" + o.ID
			w.Pick("published_on", today).Type("media", "公示系统").Type("reference", number)
			w.Press(word(w, "登记", "Record")).Sees(number, word(w, "公告期", "notice stands"), word(w, "还剩", "left")).Check("dissolution-announced")

			w.Touch(word(w, "撤销企业注销", "Withdraw the dissolution")).Press(word(w, "撤销", "Withdraw"))
			w.Sees(word(w, "企业注销已撤销", "The dissolution is withdrawn")).Check("dissolution-withdrawn")
		})
	}
}

func TestSomebodyObjectsToAnEnd(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			o, creator, _ := led(s)
			d := announced(s, o, creator, "N-"+o.ID)
			w := s.window(t, look)
			w.Go("/objections").Type("reference", "nothing").Type("name", "Creditor").Type("contact", "c@example.com").Type("text", "they owe me")
			w.Check("objection").Press(word(w, "提出异议", "Object")).Sees(word(w, "没有此编号的公告", "There is no notice with this number")).Check("objection-unknown")
			if kept := webtest.Eval[string](w, `document.querySelector("[name=text]").value`); kept != "they owe me" {
				t.Errorf("of what was typed, %q is left", kept)
			}
			w.Type("reference", "N-"+o.ID).Press(word(w, "提出异议", "Object")).Sees(word(w, "异议已登记", "Your objection is recorded")).Check("objection-raised")

			judge := staffed(s, identity.Reviewer)
			r := signIn(s.window(t, look), judge)
			r.Go("/console/dissolutions/" + d.ID).Sees(word(r, "暂停计时", "stands still")).Check("dissolution-objected")
			r.Press(word(r, "提出的异议", "Objection of")).Sees("they owe me", "c@example.com").Check("objection-staff")
			r.Pick("at", s.Clock.Now().AddDate(0, 0, 7).Format("2006-01-02T15:04")).Press(word(r, "安排听证", "Set the hearing"))
			r.Sees(word(r, "听证时间已确定", "The hearing is set")).Press(word(r, "提出的异议", "Objection of"))
			r.Choose("outcome", "dismissed").Type("reason", "paid already").Press(word(r, "确认", "Decide"))
			r.Sees(word(r, "异议已驳回", "The objection is dismissed"), word(r, "公告期", "notice stands"))
		})
	}
}

func TestTheEndOfAnOrganisationIsCertified(t *testing.T) {
	t.Parallel()
	s := open(t)
	o, creator, who := led(s)
	d := announced(s, o, creator, "N-1")
	s.Clock.Advance(21 * 24 * time.Hour)
	for range 20 {
		s.Must(s.App.Dissolutions.Wake(t.Context()))
		s.Must(s.App.Dissolutions.Step(t.Context(), d.ID))
		v, err := s.App.Dissolutions.Get(t.Context(), app.Actor(), d.ID)
		s.Must(err)
		for _, part := range v.Parts {
			if !part.Done() {
				_, err := s.App.Dissolutions.Part(t.Context(), d.ID, part.Holder)
				s.Must(err)
			}
		}
		if v.State == dissolution.Closed {
			break
		}
	}
	operator := staffed(s, identity.Operator)
	for _, look := range looks()[:2] {
		t.Run(name(look), func(t *testing.T) {
			w := signIn(s.window(t, look), operator)
			w.Go("/console/dissolutions/" + d.ID).Sees(word(w, "下载", "Download the certificate")).Check("dissolution-closed")
		})
	}
	for _, reader := range []string{operator, who} {
		p := s.plain(t)
		p.signIn(reader)
		if res := p.get("/console/dissolutions/" + d.ID + "/certificate"); res.StatusCode != http.StatusOK || len(res.body) < 100 {
			t.Errorf("%s reads %d: %s", reader, res.StatusCode, res.body)
		}
	}
}

func TestWhoMayEndAnOrganisation(t *testing.T) {
	t.Parallel()
	s := open(t)
	o, creator, who := led(s)
	_, _, stranger := led(s)
	admin, plainAdmin := s.Person()
	s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: admin.ID, Role: org.Admin}))
	d := proven(s, o, creator)
	v, err := s.App.Dissolutions.Get(t.Context(), app.Actor(), d.ID)
	s.Must(err)
	file := "/console/dissolutions/" + d.ID + "/evidence/" + v.Evidence[0].ID
	for _, c := range []struct {
		who, path string
		want      int
	}{
		{who, "/console/dissolutions/" + d.ID, http.StatusOK},
		{who, file + "/file", http.StatusOK},
		{stranger, "/console/dissolutions/" + d.ID, http.StatusNotFound},
		{stranger, file, http.StatusNotFound},
		{stranger, file + "/file", http.StatusNotFound},
		{stranger, "/console/organisations/" + o.ID + "/dissolution", http.StatusNotFound},
		{stranger, "/console/organisations/" + o.ID + "/dissolution/new", http.StatusNotFound},
		{plainAdmin, "/console/organisations/" + o.ID + "/dissolution/new", http.StatusForbidden},
		{plainAdmin, "/console/dissolutions/" + d.ID + "/certificate", http.StatusNotFound},
	} {
		p := s.plain(t)
		p.signIn(c.who)
		if res := p.get(c.path); res.StatusCode != c.want {
			t.Errorf("%s gets %s: %d, want %d", c.who, c.path, res.StatusCode, c.want)
		}
	}
	saved := s.plain(t)
	saved.signIn(who)
	if res := saved.get(file + "/file"); res.body != pdf || res.Header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("the file is %s: %q", res.Header.Get("Content-Type"), res.body)
	}
	for _, path := range []string{"/objections/x", "/objections/x/hearing", "/evidence/" + v.Evidence[0].ID, "/parts/crm/retry"} {
		p := s.plain(t)
		p.signIn(who)
		form := url.Values{"form_token": {p.token("/console/dissolutions/" + d.ID)}, "decision": {"accept"}, "outcome": {"dismissed"}, "reason": {"x"}}
		if res := p.send(http.MethodPost, "/console/dissolutions/"+d.ID+path, form); res.StatusCode != http.StatusForbidden {
			t.Errorf("the creator decides at %s: %d", path, res.StatusCode)
		}
	}
}
