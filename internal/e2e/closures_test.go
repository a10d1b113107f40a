package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/certificate"
)

func TestClosures(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "ding talks rules", dingTalksRules)
		s.run(t, "we coms rules", weComsRules)
	})
}

const day = 24 * time.Hour

// confirmed requests a closure and confirms it with the password.
func (s *stage) confirmed(p *person, policy string) client.ConfirmedClosure {
	s.T.Helper()
	return s.confirmedWith(p, client.NewClosure{Policy: policy})
}

func (s *stage) confirmedWith(p *person, in client.NewClosure) client.ConfirmedClosure {
	s.T.Helper()
	asked, err := p.RequestClosure(s.T.Context(), in)
	s.Must(err)
	begun, err := p.ConfirmClosure(s.T.Context(), asked.ID, p.password)
	s.Must(err)
	s.planted.add(begun.StatusToken)
	return begun
}

// approved brings a closure under WeCom's rules into its cooling-off.
func (s *stage) approved(p *person, in client.NewClosure) client.ConfirmedClosure {
	s.T.Helper()
	begun := s.confirmedWith(p, in)
	got, err := s.reviewer.ApproveClosure(s.T.Context(), begun.Closure.ID)
	s.Must(err)
	if got.State != client.CoolingOff {
		s.T.Fatalf("approved into %s", got.State)
	}
	return begun
}

// verified checks a certificate as anybody can, with nothing but the public
// keys, and gives what it says.
func (s *stage) verified(file []byte) certificate.Certificate {
	s.T.Helper()
	keys, err := s.with("").Keys(s.T.Context())
	s.Must(err)
	doc, _, err := certificate.Verify(file, keys)
	s.Must(err)
	return doc
}

// erasedRows is what is left of a person's place in the company.
func erasedRows(p, successor *person, pseudonym string) string {
	owner, assignee := 1, "nobody"
	if successor != nil {
		owner, assignee = successor.n+1, successor.id
	}
	first, second := p.n*100, p.n*100+1
	return strings.Join([]string{
		fmt.Sprintf("customers %d|%d|Acme", first, owner), fmt.Sprintf("customers %d|%d|Globex", second, owner),
		fmt.Sprintf("calls %d|%d|-|61", first, first),
		fmt.Sprintf("notes %d|%d|%s|wants to renew", first, first, pseudonym),
		fmt.Sprintf("tasks %d|%s|call Acme", first, assignee),
		fmt.Sprintf("invoices %d|%d|%s|-|880000", first, first, pseudonym),
	}, "\n")
}

// DingTalk's rules: from the password to the certificate in one go.
func dingTalksRules(t *testing.T, s *stage) {
	ctx := t.Context()
	p, colleague := s.person(), s.person()
	s.works(p)
	s.works(colleague)
	phone, untouched := s.signInAs(p, client.Phone), s.crm.of(t, colleague)
	if s.crm.mentions(t, p) != 6 || s.documents(p) != 3 {
		t.Fatalf("the scene is not set: %d rows, %d files", s.crm.mentions(t, p), s.documents(p))
	}
	begun := s.confirmed(p, "dingtalk")
	s.live(t, "confirmed", map[string]bool{p.Token(): false, phone.Token: false, colleague.Token(): true})
	if !strings.HasSuffix(begun.StatusLink, "#"+begun.StatusToken) || begun.Closure.CanWithdraw || begun.Closure.State != client.Erasing {
		t.Errorf("confirmed: %+v", begun.Closure)
	}
	done := s.reaches(begun.Closure.ID, client.Closed)

	file, err := s.with("").CertificateByLink(ctx, begun.StatusToken)
	s.Must(err)
	doc := s.verified(file)
	if got, want := s.crm.of(t, p), erasedRows(p, nil, doc.Subject); got != want {
		t.Errorf("left of the person:\n%s\nwant:\n%s", got, want)
	}
	if _, err := os.Stat(filepath.Join(s.docs, "people", p.id)); !os.IsNotExist(err) {
		t.Errorf("the folder of documents: %v", err)
	}
	if s.crm.of(t, colleague) != untouched || s.documents(colleague) != 3 || s.crm.mentions(t, p) != 0 {
		t.Error("the wrong rows were erased")
	}
	s.says(t, doc, done)
	s.nothingLeft(t, p)
	if n := s.told(p, "closure_closed"); n.Args["certificate"] != doc.ID {
		t.Errorf("the last notice: %q", n.Args)
	}
	status, err := s.with("").ClosureStatus(ctx, begun.StatusToken)
	if err != nil || status.State != client.Closed || !status.Certificate || status.CanWithdraw || status.EndedAt == nil || status.Message == "" {
		t.Errorf("the private link shows %+v, %v", status, err)
	}
}

// says holds a certificate against what the closure's own page says.
func (s *stage) says(t *testing.T, doc certificate.Certificate, done client.Closure) {
	t.Helper()
	var steps, seen, items []string
	for _, step := range doc.Timeline {
		steps = append(steps, step.Event)
	}
	for _, h := range done.Timeline {
		seen = append(seen, h.Event)
	}
	// The certificate is signed before its own entry is written.
	if !slices.Equal(append(steps, "closed"), seen) {
		t.Errorf("the certificate tells %q, the closure %q", steps, seen)
	}
	for _, h := range doc.Holders {
		for _, i := range h.Items {
			until := ""
			if i.Until != nil {
				until = " until " + i.Until.Format(time.DateOnly) + " by " + i.Basis
			}
			items = append(items, fmt.Sprintf("%s/%s %s %d%s", h.Name, i.Name, i.Action, i.Count, until))
		}
	}
	want := []string{"crm/staff delete 1", "crm/contacts delete 2", "crm/customers reassign 2", "crm/calls blank 1", "crm/notes pseudonymise 1",
		"crm/posts delete 1", "crm/tasks reassign 1", "crm/invoices keep 1 until " + doc.ErasureStartedAt.AddDate(10, 0, 0).Format(time.DateOnly) + " by tax", "documents/files delete 3"}
	if !slices.Equal(items, want) {
		t.Errorf("the certificate lists\n%q, want\n%q", items, want)
	}
	if doc.ID != done.CertificateID || doc.Closure != done.ID || doc.Policy.Digest != done.Policy.Digest || doc.Identifiers.Count != 3 || !doc.IssuedAt.Equal(*done.EndedAt) {
		t.Errorf("the certificate %+v is not that of %+v", doc, done)
	}
	for _, part := range done.Parts {
		if part.State != "verified" || part.VerifiedAt == nil || len(part.Items) == 0 {
			t.Errorf("a part: %+v", part)
		}
	}
}

// nothingLeft looks for what Signoff itself may still know of a closed account.
func (s *stage) nothingLeft(t *testing.T, p *person) {
	t.Helper()
	ctx := t.Context()
	gone, err := s.operator.Account(ctx, p.id)
	s.Must(err)
	if a := gone.Account; a.State != "closed" || a.Name != "" || len(a.Identifiers) != 0 || a.ClosedAt == nil ||
		len(gone.Memberships)+len(gone.Bindings)+len(gone.Arrears)+len(gone.Todos)+len(gone.Attestations)+len(gone.Grants) != 0 {
		t.Errorf("left over: %+v", gone)
	}
	s.settle()
	for table, rows := range s.Dump() {
		allowed := slices.Contains([]string{"accounts", "closures", "erasure_ledger", "audit_entries", "notices", "certificates", "events"}, table)
		if strings.Contains(rows, p.id) && !allowed {
			t.Errorf("%s still names the account", table)
		}
	}
	if n := s.number(`SELECT count(*) FROM notices WHERE account_id = $1`, p.id); n != 1 {
		t.Errorf("%d notices are left, want the last one", n)
	}
	if n := s.number(`SELECT count(*) FROM notices WHERE account_id = $1 AND (address IS NOT NULL OR args IS NOT NULL)`, p.id); n != 0 {
		t.Error("the last address was not erased after the last notice")
	}
	for _, id := range p.identifiers() {
		if _, err := s.trySignIn(id.Value, p.password, client.Phone); !client.HasCode(err, "credentials_wrong") {
			t.Errorf("sign-in by %s after the end: %v", id.Kind, err)
		}
	}
	for what, err := range map[string]error{
		"a password": s.operator.SetPassword(ctx, p.id, "back from the dead"), "a role": s.operator.Grant(ctx, p.id, client.Operator),
		"a name":    drop(s.operator.AddIdentifier(ctx, p.id, client.Identifier{Kind: client.Username, Value: "back-again"})),
		"a binding": drop(s.operator.AddBinding(ctx, p.id, client.NewBinding{Service: "alipay"})),
		"an arrear": drop(s.operator.AddArrear(ctx, p.id, client.NewArrear{Currency: "CNY", Amount: 1})),
	} {
		if !client.HasCode(err, "account_ending") {
			t.Errorf("a closed account gets %s: %v", what, err)
		}
	}
}

// WeCom's rules: a review, fifteen days from the application, and a colleague
// who takes over what belongs to the company.
func weComsRules(t *testing.T, s *stage) {
	ctx := t.Context()
	c := s.company("远航科技有限公司")
	p, successor := c.worker, c.admin
	s.works(p)
	s.works(successor)
	before := s.crm.of(t, p)
	begun := s.confirmedWith(p, client.NewClosure{Policy: "wecom", SuccessorID: successor.id})
	if begun.Closure.State != client.InReview || begun.Closure.ReviewDueAt == nil || *begun.Closure.DaysLeft != 15 {
		t.Errorf("confirmed: %+v", begun.Closure)
	}
	if n := s.told(p, "closure_requested"); n.Args["link"] != begun.StatusLink || n.Args["days"] != "15" {
		t.Errorf("told %q", n.Args)
	}
	s.Clock.Advance(day)
	approved, err := s.reviewer.ApproveClosure(ctx, begun.Closure.ID)
	s.Must(err)
	if approved.State != client.CoolingOff || !approved.CoolingUntil.Equal(begun.Closure.ConfirmedAt.Add(15*day)) {
		t.Errorf("approved: %+v", approved)
	}
	s.told(p, "closure_approved")
	s.Clock.Advance(14*day - time.Minute)
	status, err := s.with("").ClosureStatus(ctx, begun.StatusToken)
	if err != nil || status.State != client.CoolingOff || *status.DaysLeft != 1 || *status.HoursLeft != 1 || !status.CanWithdraw || status.Certificate {
		t.Errorf("a minute before the end: %+v, %v", status, err)
	}
	if _, err := s.with("").CertificateByLink(ctx, begun.StatusToken); !client.HasCode(err, "certificate_not_yet") {
		t.Errorf("a certificate before the end: %v", err)
	}
	if s.crm.of(t, p) != before || s.documents(p) != 3 {
		t.Error("something was erased before the end of the cooling-off")
	}
	s.Clock.Advance(time.Minute)
	done := s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.operator.Certificate(ctx, done.ID)
	s.Must(err)
	doc := s.verified(file)
	if got, want := s.crm.of(t, p), erasedRows(p, successor, doc.Subject); got != want {
		t.Errorf("left of the person:\n%s\nwant:\n%s", got, want)
	}
	s.says(t, doc, done)
	s.nothingLeft(t, p)
	if _, err := c.creator.Member(ctx, c.ID, p.id); !client.HasCode(err, "member_not_found") {
		t.Errorf("the membership: %v", err)
	}
}
