package walks

import (
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// burdened is somebody with one of each thing that has to be settled before the
// account can be closed.
func (s *site) burdened() (identity.Account, string, org.Organisation) {
	s.T.Helper()
	ctx := s.T.Context()
	a, who := s.Person()
	o := s.Organisation(org.Creator, a)
	s.Must(s.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: o.ID, Account: a.ID, Role: org.Creator, Offices: []string{org.LegalRepresentative}}))
	_, err := s.App.Orgs.AddTodo(ctx, app.Actor(), org.Todo{Account: a.ID, Organisation: o.ID, Kind: org.Task, Title: "Check the accounts"})
	s.Must(err)
	_, err = s.App.Orgs.AddTodo(ctx, app.Actor(), org.Todo{Account: a.ID, Kind: org.Approval, Title: "Approve the purchase"})
	s.Must(err)
	_, err = s.App.Accounts.AddArrear(ctx, app.Actor(), identity.Arrear{Account: a.ID, Currency: "CNY", Amount: 1_234_560, Reference: "INVOICE-1"})
	s.Must(err)
	_, err = s.App.Accounts.AddArrear(ctx, app.Actor(), identity.Arrear{Account: a.ID, Currency: "JPY", Amount: 500})
	s.Must(err)
	return a, who, o
}

func TestSomebodyDoesWhatWaits(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who, _ := s.burdened()
			w := signIn(s.window(t, look), who)
			w.Go("/me").Press(word(w, "待办和审批", "To-dos and approvals")).At("/todos").Sees("Check the accounts", "Approve the purchase", "Test").Check("todos")
			w.Press(word(w, "标为已完成：Check the accounts", "Mark as done: Check the accounts")).At("/todos").SeesNot("Check the accounts").Sees("Approve the purchase").Check("todos-one")
			w.Press(word(w, "标为已完成", "Mark as done")).At("/todos").Sees(word(w, "没有待办和审批", "Nothing waits for you")).Check("todos-none")
			if n := s.Entries("todo.completed", a.ID); n != 2 {
				t.Errorf("%d were completed", n)
			}
		})
	}
}

func TestSomebodySeesWhatIsOwedAndAsked(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who, o := s.burdened()
			w := signIn(s.window(t, look), who)
			w.Go("/settings").Press(word(w, "欠费", "Arrears")).At("/settings/billing").Sees("CNY 12,345.60", "JPY 500", "INVOICE-1").Check("billing")
			w.Go("/settings").Press(word(w, "离任证明", "Evidence for offices")).At("/settings/attestations").
				Sees(word(w, "待证明", "missing"), word(w, "法定代表人", "Legal representative")).Check("attestations")
			colleague, _ := s.Person()
			s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: colleague.ID, Role: org.Admin}))
			by := app.Actor()
			by.ID = colleague.ID
			_, err := s.App.Orgs.Attest(t.Context(), by, org.Attestation{Account: a.ID, Organisation: o.ID, Kind: org.TaxDeregistration, Evidence: "TAX-2026-1"})
			s.Must(err)
			w.Go("/settings/attestations").Sees("TAX-2026-1", colleague.Name, word(w, "已证明", "attested")).Check("attestations-one")

			_, nobody := s.Person()
			free := signIn(s.window(t, look), nobody)
			free.Go("/settings/billing").Sees(word(w, "没有欠费", "No arrears")).Check("billing-none")
			free.Go("/settings/attestations").Sees(word(w, "没有需要证明的手续", "Nothing is asked of you")).Check("attestations-none")
		})
	}
}

func TestAnothersToDoIsNotThere(t *testing.T) {
	t.Parallel()
	s := open(t)
	owner, _, _ := s.burdened()
	_, stranger := s.Person()
	open, _, err := s.App.Orgs.Duties(t.Context(), owner.ID)
	s.Must(err)
	p := s.plain(t)
	p.signIn(stranger)
	for _, id := range []string{open[0].ID, "none", "%20"} {
		p.send("POST", "/todos/"+id+"/complete", url.Values{"form_token": {p.token("/todos")}})
	}
	if n := s.Entries("todo.completed", owner.ID); n != 0 {
		t.Errorf("%d to-dos of another account were completed", n)
	}
	if left, _, err := s.App.Orgs.Duties(t.Context(), owner.ID); err != nil || len(left) != len(open) {
		t.Errorf("%d of %d are left: %v", len(left), len(open), err)
	}
}

// Every condition that stands in a closure's way, and has a page here, leads there.
func TestConditionsLeadToWhereTheyAreResolved(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who, _ := s.burdened()
	p := s.plain(t)
	p.signIn(who)
	for policy, paths := range map[string][]string{
		"dingtalk": {"/settings/organisations", "/todos"},
		"wecom":    {"/settings/organisations", "/settings/billing", "/settings/attestations"},
	} {
		body := p.get("/settings/close-account/conditions?policy=" + policy).body
		for _, path := range paths {
			if !strings.Contains(body, `href="`+path+`"`) {
				t.Errorf("%s does not lead to %s", policy, path)
			}
		}
	}
}
