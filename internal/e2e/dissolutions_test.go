package e2e_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
)

func TestEndingAnOrganisation(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "from the start to the certificate", anOrganisationEnds)
		s.run(t, "an objection that is upheld", anObjectionIsUpheld)
		s.run(t, "what is refused", whatAnEndRefuses)
	})
}

var pdf = []byte("%PDF-1.7 \x00\xff a tax clearance of Hangzhou")

// proves sends accepted evidence for every prerequisite.
func (s *stage) proves(by *client.Client, d client.Dissolution) {
	s.T.Helper()
	ctx := s.T.Context()
	for _, kind := range d.Missing {
		e, err := by.AddEvidence(ctx, d.ID, client.NewEvidence{Kind: kind, Reference: "清税字 2026-77", FileName: "清税证明.pdf", Content: pdf})
		s.Must(err)
		s.Must(drop(s.reviewer.ReviewEvidence(ctx, d.ID, e.ID, client.EvidenceDecision{Accepted: true})))
	}
}

// proven gives a person a fresh proof of identity, after the clock was moved.
func (s *stage) proven(people ...*person) {
	s.T.Helper()
	for _, p := range people {
		p.Client = s.with(s.signInAs(p, client.Desktop).Token)
	}
}

func (s *stage) dissolutionIs(id, state string) client.Dissolution {
	s.T.Helper()
	var d client.Dissolution
	s.until("the dissolution to be "+state, func() bool {
		var err error
		d, err = s.operator.Dissolution(s.T.Context(), id)
		s.Must(err)
		return d.State == state
	})
	return d
}

func anOrganisationEnds(t *testing.T, s *stage) {
	ctx := t.Context()
	s.planted.add("清税字 2026-77", "清税证明.pdf", "Creditor Chen", "chen@creditors.example", "they owe me 3 yuan", "no such debt was found")
	c, heir, other := s.company("Yuanhang Trading"), s.company("Heir Trading"), s.company("Other Trading")
	s.place(heir, c.creator, client.NewMember{Role: client.Creator})
	s.crm.exec(t, `INSERT INTO contracts (id, org_id, text) VALUES (1, $1, 'x'), (2, $1, 'y'), (3, $2, 'z')`, c.ID, other.ID)
	s.crm.exec(t, `INSERT INTO clauses (id, contract_id, text) VALUES (1, 1, 'x'), (2, 3, 'z')`)
	s.crm.exec(t, `INSERT INTO suppliers (id, org_id, name) VALUES (1, $1, 'Acme')`, c.ID)
	for _, o := range []*company{c, other} {
		dir := filepath.Join(s.docs, "orgs", o.ID)
		s.Must(os.MkdirAll(dir, 0o700))
		s.Must(os.WriteFile(filepath.Join(dir, "charter.pdf"), pdf, 0o600))
	}
	sales := s.department(c, "sales", "")
	s.place(c, c.worker, client.NewMember{Role: client.Ordinary, DepartmentID: sales})
	s.Must(drop(c.admin.AddTodo(ctx, c.ID, c.worker.id, client.NewTodo{Kind: client.Task, Title: "tidy the desk"})))

	d, err := c.creator.StartDissolution(ctx, c.ID, client.NewDissolution{Kind: client.SimpleDissolution, SuccessorID: heir.ID})
	s.Must(err)
	if d.State != client.Attesting || len(d.Missing) != 3 || d.StartedBy != c.creator.id {
		t.Errorf("started: %+v", d)
	}
	if _, err := c.creator.StartDissolution(ctx, c.ID, client.NewDissolution{Kind: client.GeneralDissolution}); !client.HasCode(err, "dissolution_open") {
		t.Errorf("started twice: %v", err)
	}
	notice := client.PublicNotice{PublishedOn: d.StartedAt.In(time.FixedZone("", 8*3600)).Format(time.DateOnly), Media: "国家企业信用信息公示系统", Reference: "GG-" + c.ID}
	if _, err := c.creator.AnnounceDissolution(ctx, d.ID, notice); !client.HasCode(err, "prerequisites_missing") {
		t.Errorf("announced without evidence: %v", err)
	}
	s.proves(c.creator.Client, d)
	d, err = s.reviewer.Dissolution(ctx, d.ID)
	s.Must(err)
	sum := sha256.Sum256(pdf)
	if len(d.Missing) != 0 || len(d.Evidence) != 3 || d.Evidence[0].SHA256 != hex.EncodeToString(sum[:]) || d.Evidence[0].FileName != "清税证明.pdf" {
		t.Errorf("proven: %+v", d)
	}
	if file, err := s.reviewer.EvidenceFile(ctx, d.ID, d.Evidence[0].ID); err != nil || !slices.Equal(file, pdf) {
		t.Errorf("the file: %q, %v", file, err)
	}
	d, err = c.creator.AnnounceDissolution(ctx, d.ID, notice)
	s.Must(err)
	// The day itself does not count, and the last one counts to its midnight in China.
	if want := "2026-03-22T16:00:00Z"; d.State != client.Announced || d.EndsAt.Format(time.RFC3339) != want {
		t.Errorf("announced: %+v, want it over at %s", d, want)
	}
	s.until("the members to be told", func() bool { return slices.Contains(noticeKinds(s, c.worker), "organisation_ending") })

	// Ten days in, somebody objects; thirty days later that is dismissed, and ten
	// days are left.
	s.Clock.Advance(10 * 24 * time.Hour)
	raised, err := s.with("").Object(ctx, client.NewObjection{Reference: notice.Reference, Name: "Creditor Chen", Contact: "chen@creditors.example", Text: "they owe me 3 yuan"})
	s.Must(err)
	left := d.EndsAt.Sub(s.Clock.Now())
	s.Clock.Advance(30 * 24 * time.Hour)
	s.operator = s.staffAgain(client.Operator)
	s.reviewer = s.staffAgain(client.Reviewer)
	s.proven(c.creator, c.worker, c.admin)
	if seen, err := c.creator.Dissolution(ctx, d.ID); err != nil || seen.State != client.Objected || seen.EndsAt != nil || seen.Objections[0].Name != "" || seen.Objections[0].Text == "" {
		t.Errorf("as the creator sees it: %+v, %v", seen, err)
	}
	s.Must(drop(s.reviewer.SetHearing(ctx, d.ID, raised.ID, s.Clock.Now().Add(time.Hour))))
	s.Must(drop(s.reviewer.DecideObjection(ctx, d.ID, raised.ID, client.ObjectionOutcome{Outcome: "dismissed", Reason: "no such debt was found"})))
	d, err = s.operator.Dissolution(ctx, d.ID)
	s.Must(err)
	if rest := d.EndsAt.Sub(s.Clock.Now()); d.State != client.Announced || (left-rest).Abs() > time.Minute {
		t.Errorf("after the objection %v are left of %v: %+v", rest, left, d)
	}

	held := c.worker.Client
	s.Clock.Advance(d.EndsAt.Sub(s.Clock.Now()))
	d = s.dissolutionIs(d.ID, client.Closed)
	if d.ReleasedMembers != 3 || d.CertificateID == "" {
		t.Errorf("closed: %+v", d)
	}
	if _, err := held.CheckSession(ctx); !client.HasCode(err, "session_not_valid") {
		t.Errorf("a member's session: %v", err)
	}
	s.proven(c.worker, c.creator)
	mine, err := c.worker.OwnAccount(ctx)
	s.Must(err)
	if len(mine.Memberships) != 0 || len(mine.Todos) != 0 || !slices.Contains(noticeKinds(s, c.worker), "organisation_ended") {
		t.Errorf("the member: %+v", mine)
	}
	if got := s.crm.rows(t, `SELECT 'contract', id FROM contracts UNION ALL SELECT 'clause', id FROM clauses UNION ALL SELECT org_id, id FROM suppliers ORDER BY 1`); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values([]string{"contract|3", "clause|2", heir.ID + "|1"}))) {
		t.Errorf("left in the CRM: %q", got)
	}
	for o, want := range map[*company]bool{c: false, other: true} {
		if _, err := os.Stat(filepath.Join(s.docs, "orgs", o.ID)); (err == nil) != want {
			t.Errorf("the folder of %s: %v", o.Name, err)
		}
	}
	if o, err := s.operator.Organisation(ctx, c.ID); err != nil || o.Name != "" {
		t.Errorf("the organisation: %+v, %v", o, err)
	}
	if _, err := s.operator.PutMember(ctx, c.ID, c.worker.id, client.NewMember{Role: client.Creator}); !client.HasCode(err, "organisation_ending") {
		t.Errorf("somebody joins what has ended: %v", err)
	}
	if _, err := s.operator.EvidenceFile(ctx, d.ID, d.Evidence[0].ID); !client.HasCode(err, "attestation_not_found") {
		t.Errorf("a file that was erased: %v", err)
	}
	file, err := c.creator.DissolutionCertificate(ctx, d.ID)
	s.Must(err)
	doc := s.verified(file)
	var told []string
	for _, h := range doc.Holders {
		for _, i := range h.Items {
			told = append(told, fmt.Sprintf("%s/%s %s %d", h.Name, i.Name, i.Action, i.Count))
		}
	}
	if want := []string{"crm/contracts delete 2", "crm/clauses delete 1", "crm/suppliers reassign 1", "documents/files delete 1"}; !slices.Equal(told, want) {
		t.Errorf("the certificate tells %q, want %q", told, want)
	}
	for lang, want := range map[string]string{"en": "CERTIFICATE OF DISSOLUTION", "zh-CN": "企业注销凭证"} {
		if text := doc.Render(lang); !strings.Contains(text, want) || !strings.Contains(text, notice.Reference) || strings.Contains(text, "Yuanhang") {
			t.Errorf("in %s: %s", lang, text)
		}
	}
	if changed := []byte(strings.Replace(string(file), notice.Reference, "GG-x"+notice.Reference[4:], 1)); certificateOK(s, changed) {
		t.Error("a changed certificate verifies")
	}
}

func anObjectionIsUpheld(t *testing.T, s *stage) {
	ctx := t.Context()
	s.planted.add("清税字 2026-77", "清税证明.pdf", "Creditor Li", "li@creditors.example", "a debt", "the debt exists")
	s.operator = s.staffAgain(client.Operator)
	s.reviewer = s.staffAgain(client.Reviewer)
	c := s.company("A")
	d, err := s.operator.StartDissolution(ctx, c.ID, client.NewDissolution{Kind: client.GeneralDissolution})
	s.Must(err)
	s.proves(c.creator.Client, d)
	// An operator may record a notice that is older than the start.
	notice := client.PublicNotice{PublishedOn: s.Clock.Now().AddDate(0, 0, -30).Format(time.DateOnly), Media: "paper", Reference: "GG-" + c.ID}
	if _, err := c.creator.AnnounceDissolution(ctx, d.ID, notice); !client.HasCode(err, "validation_failed") {
		t.Errorf("backdated: %v", err)
	}
	s.Must(drop(s.operator.AnnounceDissolution(ctx, d.ID, notice)))
	in := client.NewObjection{Reference: notice.Reference, Name: "Creditor Li", Contact: "li@creditors.example", Text: "a debt"}
	first, err := s.with("").Object(ctx, in)
	s.Must(err)
	second, err := s.with("").Object(ctx, in)
	s.Must(err)
	s.Must(drop(s.reviewer.DecideObjection(ctx, d.ID, first.ID, client.ObjectionOutcome{Outcome: "dismissed", Reason: "the debt exists"})))
	if now, err := s.operator.Dissolution(ctx, d.ID); err != nil || now.State != client.Objected {
		t.Errorf("one of two dismissed: %+v, %v", now, err)
	}
	s.Must(drop(s.reviewer.DecideObjection(ctx, d.ID, second.ID, client.ObjectionOutcome{Outcome: "upheld", Reason: "the debt exists"})))
	now, err := c.creator.OrganisationDissolution(ctx, c.ID)
	s.Must(err)
	if now.State != client.Cancelled || now.EndedAt == nil || now.Objections[1].Text != "" {
		t.Errorf("upheld: %+v", now)
	}
	if _, err := s.with("").Object(ctx, in); !client.HasCode(err, "dissolution_not_found") {
		t.Errorf("objected to what has ended: %v", err)
	}
	again, err := c.creator.StartDissolution(ctx, c.ID, client.NewDissolution{Kind: client.SimpleDissolution})
	s.Must(err)
	if again, err = c.creator.WithdrawDissolution(ctx, again.ID); err != nil || again.State != client.Withdrawn {
		t.Errorf("withdrawn: %+v, %v", again, err)
	}
	if m, err := c.worker.OwnAccount(ctx); err != nil || len(m.Memberships) != 1 {
		t.Errorf("the member: %+v, %v", m, err)
	}
}

func whatAnEndRefuses(t *testing.T, s *stage) {
	ctx := t.Context()
	s.operator = s.staffAgain(client.Operator)
	s.reviewer = s.staffAgain(client.Reviewer)
	s.planted.add("清税字 2026-77", "清税证明.pdf", "not legible")
	c, other := s.company("A"), s.company("B")
	for who, by := range map[string]*person{"dissolution_rights_required": c.admin, "organisation_not_found": other.creator} {
		if _, err := by.StartDissolution(ctx, c.ID, client.NewDissolution{Kind: client.SimpleDissolution}); !client.HasCode(err, who) {
			t.Errorf("want %s: %v", who, err)
		}
	}
	if _, err := c.creator.StartDissolution(ctx, c.ID, client.NewDissolution{Kind: client.SimpleDissolution, SuccessorID: other.ID}); !client.HasCode(err, "validation_failed") {
		t.Errorf("a successor that others lead: %v", err)
	}
	d, err := c.creator.StartDissolution(ctx, c.ID, client.NewDissolution{Kind: client.SimpleDissolution})
	s.Must(err)
	for _, content := range [][]byte{nil, []byte("<html>"), append(slices.Clone(pdf), make([]byte, 701<<10)...)} {
		if _, err := c.creator.AddEvidence(ctx, d.ID, client.NewEvidence{Kind: client.TaxClearance, Reference: "清税字 2026-77", Content: content}); err == nil {
			t.Errorf("taken: a file of %d bytes", len(content))
		}
	}
	e, err := s.operator.AddEvidence(ctx, d.ID, client.NewEvidence{Kind: client.TaxClearance, Reference: "清税字 2026-77", FileName: "清税证明.pdf", Content: pdf})
	s.Must(err)
	if _, err := s.operator.ReviewEvidence(ctx, d.ID, e.ID, client.EvidenceDecision{Accepted: true}); !client.HasCode(err, "dissolution_own") {
		t.Errorf("who sent it reviews it: %v", err)
	}
	s.Must(drop(s.reviewer.ReviewEvidence(ctx, d.ID, e.ID, client.EvidenceDecision{Reason: "not legible"})))
	if _, err := s.reviewer.ReviewEvidence(ctx, d.ID, e.ID, client.EvidenceDecision{Accepted: true}); !client.HasCode(err, "attestation_decided") {
		t.Errorf("reviewed twice: %v", err)
	}
	for _, by := range []*client.Client{other.creator.Client, c.admin.Client, c.worker.Client} {
		if _, err := by.Dissolution(ctx, d.ID); !client.HasCode(err, "dissolution_not_found") {
			t.Errorf("seen by others: %v", err)
		}
	}
	if _, err := c.creator.DissolutionCertificate(ctx, d.ID); !client.HasCode(err, "certificate_not_yet") {
		t.Errorf("a certificate too early: %v", err)
	}
}

// staffAgain gives somebody with a role a new session: those of before are old.
func (s *stage) staffAgain(role string) *client.Client {
	s.T.Helper()
	if role == client.Operator {
		return s.asRoot()
	}
	return s.staff(role)
}

func certificateOK(s *stage, file []byte) bool {
	v, err := s.with("").CheckCertificate(s.T.Context(), file)
	return err == nil && v.Valid
}
