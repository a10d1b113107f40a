package api_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
)

func actor(account string) audit.Actor { return audit.Actor{Kind: audit.KindReviewer, ID: account} }

func TestSigningOutOneselfAndOthers(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		me, account, name := s.person()
		second, third := s.signIn(name), s.signIn(name)
		mine, err := me.Sessions(ctx)
		s.Must(err)
		current := slices.IndexFunc(mine, func(x client.Session) bool { return x.Current })
		if len(mine) != 3 || current != 2 || mine[0].ID != third.Session.ID || mine[0].Device.Name != "p" {
			t.Errorf("sessions: %+v", mine)
		}
		s.ends(me, client.SignOutOrder{Scope: client.OneSession, Target: second.Session.ID}, 1)
		s.ends(me, client.SignOutOrder{Scope: client.OtherSessions}, 1)
		if s.Alive(second.Token) || s.Alive(third.Token) || !s.Alive(me.Token()) {
			t.Error("the wrong sessions ended")
		}
		s.Must(me.SignOut(ctx))
		if s.Alive(me.Token()) {
			t.Error("the current session did not end")
		}
		a, err := s.App.Accounts.Get(ctx, account)
		s.Must(err)
		s.join(s.ours, a, client.Ordinary)
		again := s.signIn(name)
		s.ends(s.callers["admin"], client.SignOutOrder{Scope: client.OneAccount, Target: account, OrganisationID: s.ours.ID, Reason: "left the company"}, 1)
		if s.Alive(again.Token) {
			t.Error("an admin's order ended nothing")
		}
		again = s.signIn(name)
		out, err := s.callers["super admin"].SignOutWith(ctx, client.SignOutOrder{Scope: client.WholeOrganisation, OrganisationID: s.ours.ID, Reason: "drill"})
		s.Must(err)
		if out.Ended != nil || s.Alive(again.Token) || s.Alive(s.callers["member"].Token()) || !s.Alive(s.callers["stranger"].Token()) {
			t.Errorf("the organisation's sign-out: %+v", out)
		}
	})
}

func (s *scene) ends(c *client.Client, o client.SignOutOrder, want int) {
	s.T.Helper()
	out, err := c.SignOutWith(s.T.Context(), o)
	s.Must(err)
	if out.Ended == nil || *out.Ended != want {
		s.T.Errorf("%+v ended %v, want %d", o, out.Ended, want)
	}
}

func TestSignOutOrdersThatMakeNoSense(t *testing.T) {
	s := newScene(t, "sqlite")
	for _, tc := range []struct {
		who   string
		order client.SignOutOrder
		path  string
	}{
		{"member", client.SignOutOrder{Scope: client.AllSessions, Target: "x"}, "target"},
		{"member", client.SignOutOrder{Scope: client.AllSessions, Reason: "x"}, "reason"},
		{"admin", client.SignOutOrder{Scope: client.OneAccount, Target: "x", Reason: "x"}, "organisation_id"},
		{"admin", client.SignOutOrder{Scope: client.OneAccount, Target: "x", OrganisationID: s.ours.ID}, "reason"},
		{"operator", client.SignOutOrder{Scope: client.OneDepartment, Target: "x", Reason: "x"}, "organisation_id"},
		{"operator", client.SignOutOrder{Scope: client.OneAccount, Reason: "x"}, "target"},
	} {
		_, err := s.callers[tc.who].SignOutWith(t.Context(), tc.order)
		p, ok := errors.AsType[*client.Problem](err)
		if !ok || p.Code != "validation_failed" || len(p.Errors) != 1 || p.Errors[0].Path != tc.path {
			t.Errorf("%+v: %v", tc.order, err)
		}
	}
}

func TestListsComeInPages(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx, op := t.Context(), s.callers["operator"]
		var all, paged []string
		for a, err := range op.AllAccounts(ctx) {
			s.Must(err)
			all = append(all, a.ID)
		}
		at := client.Page{Limit: 3}
		for {
			page, err := op.Accounts(ctx, at)
			s.Must(err)
			if len(page.Items) > 3 {
				t.Fatalf("a page of %d", len(page.Items))
			}
			for _, a := range page.Items {
				paged = append(paged, a.ID)
			}
			if at.Cursor = page.NextCursor; at.Cursor == "" {
				break
			}
		}
		if len(all) != len(s.accounts) || !slices.Equal(all, paged) || !slices.IsSorted(all) {
			t.Errorf("all %v, by pages %v", all, paged)
		}
		for _, cursor := range []string{"x", base64.RawURLEncoding.EncodeToString([]byte("2:x")), "%%%"} {
			if _, err := op.Accounts(ctx, client.Page{Cursor: cursor}); !client.HasCode(err, "validation_failed") {
				t.Errorf("cursor %q: %v", cursor, err)
			}
		}
		if _, err := op.Accounts(ctx, client.Page{Limit: 201}); !client.HasCode(err, "validation_failed") {
			t.Errorf("a limit of 201: %v", err)
		}
	})
}

func TestCreatingIsIdempotent(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := client.WithIdempotencyKey(t.Context(), "one-and-the-same")
		op := s.callers["operator"]
		first, err := op.CreateOrganisation(ctx, "Once")
		s.Must(err)
		second, err := op.CreateOrganisation(ctx, "Once")
		s.Must(err)
		if first != second {
			t.Errorf("created twice: %+v, %+v", first, second)
		}
		if _, err := op.CreateOrganisation(ctx, "Another"); !client.HasCode(err, "idempotency_key_reused") {
			t.Errorf("the key served twice: %v", err)
		}
		third, err := op.CreateOrganisation(t.Context(), "Once")
		s.Must(err)
		if third.ID == first.ID {
			t.Error("two calls got the same random key")
		}
	})
}

func TestOrganisationRoles(t *testing.T) {
	s := newScene(t, "sqlite")
	ctx, owner := t.Context(), s.callers["super admin"]
	target := s.target()
	got, err := owner.PutMember(ctx, s.ours.ID, target.ID, client.NewMember{Role: client.Creator, Offices: []string{client.LegalRepresentative}})
	s.Must(err)
	if got.Role != client.Creator || !slices.Equal(got.Offices, []string{client.LegalRepresentative}) {
		t.Errorf("placed: %+v", got)
	}
	if err := owner.LeaveOrganisation(ctx, s.ours.ID); !client.HasCode(err, "handover_required") {
		t.Errorf("a super admin left: %v", err)
	}
	s.Must(s.callers["member"].LeaveOrganisation(ctx, s.ours.ID))
	if _, err := s.callers["member"].Organisation(ctx, s.ours.ID); !client.HasCode(err, "organisation_not_found") {
		t.Errorf("who left still sees it: %v", err)
	}
	todo, err := s.callers["admin"].AddTodo(ctx, s.ours.ID, s.accounts["admin"].ID, client.NewTodo{Kind: client.Approval, Title: "sign"})
	s.Must(err)
	mine, err := s.callers["admin"].OwnAccount(ctx)
	s.Must(err)
	if len(mine.Todos) != 1 || mine.Todos[0] != todo || len(mine.Memberships) != 1 || mine.Memberships[0].Organisation.ID != s.ours.ID {
		t.Errorf("profile: %+v", mine)
	}
	s.Must(s.callers["admin"].CompleteOwnTodo(ctx, todo.ID))
}

func TestPoliciesByFile(t *testing.T) {
	s := newScene(t, "sqlite")
	ctx, op := t.Context(), s.callers["operator"]
	source, err := os.ReadFile("../policy/policies/wecom.yaml")
	s.Must(err)
	next := []byte(strings.Replace(string(source), "version: 3", "version: 4", 1))
	good, err := op.ValidatePolicy(ctx, next)
	s.Must(err)
	if good.Policy.Version != 4 || good.Explanation == "" || good.Source != "" {
		t.Errorf("validated: %+v", good.Policy)
	}
	if p, err := op.Policy(ctx, "wecom"); err != nil || p.Policy.Version != 3 {
		t.Errorf("validating has installed: %+v, %v", p.Policy, err)
	}
	_, err = op.InstallPolicy(ctx, next)
	s.Must(err)
	if p, err := s.callers["member"].Policy(ctx, "wecom"); err != nil || p.Policy.Version != 4 || p.Source != string(next) {
		t.Errorf("installed: %+v, %v", p.Policy, err)
	}
	_, err = op.ValidatePolicy(ctx, []byte(strings.Replace(string(next), "size(organisations) <= 1", "size(organisations", 1)))
	if p, ok := errors.AsType[*client.Problem](err); !ok || p.Code != "policy_invalid" || len(p.Errors) == 0 || !strings.HasPrefix(p.Errors[0].Path, "line ") {
		t.Errorf("a broken condition: %v", err)
	}
	year := []byte("country: cn\nyear: 2027\nsource: a decree\nholidays: [2027-01-01]\n")
	if _, err := op.PutCalendarYear(ctx, "us", year); !client.HasCode(err, "calendar_country_differs") {
		t.Errorf("another country's: %v", err)
	}
	_, err = op.PutCalendarYear(ctx, "cn", year)
	s.Must(err)
	cal, err := op.Calendar(ctx, "cn")
	s.Must(err)
	if last := cal.Years[len(cal.Years)-1]; last.Year != 2027 || !slices.Equal(last.Holidays, []string{"2027-01-01"}) {
		t.Errorf("the calendar: %+v", cal.Years)
	}
}

func TestPolicyAsJSON(t *testing.T) {
	s := newScene(t, "sqlite")
	for body, want := range map[string]int{`{"source":"name: x"}`: 422, `{"source":"x","more":1}`: 422, `{}`: 422, `nope`: 422} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/v1/policies/validate", strings.NewReader(body))
		s.Must(err)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "bearer "+s.callers["operator"].Token())
		res, err := http.DefaultClient.Do(r)
		s.Must(err)
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %s", body, res.Status)
		}
	}
}

func TestTheAuditLogIsSearchedOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx, auditor := t.Context(), s.callers["auditor"]
		_, err := s.App.Audit.Sequence(ctx)
		s.Must(err)
		member := s.accounts["member"].ID
		var all []client.AuditEntry
		for e, err := range auditor.AllAuditEntries(ctx, 0) {
			s.Must(err)
			all = append(all, e)
		}
		last := all[len(all)-1]
		for i, c := range []struct {
			f      client.AuditFilter
			chosen func(client.AuditEntry) bool
		}{
			{client.AuditFilter{}, func(client.AuditEntry) bool { return true }},
			{client.AuditFilter{Newest: true}, func(client.AuditEntry) bool { return true }},
			{client.AuditFilter{AccountID: member, Newest: true}, func(e client.AuditEntry) bool { return e.AccountID == member }},
			{client.AuditFilter{Action: "member.put", OrganisationID: s.ours.ID}, func(e client.AuditEntry) bool { return e.Action == "member.put" && e.OrganisationID == s.ours.ID }},
			{client.AuditFilter{ActorID: member}, func(e client.AuditEntry) bool { return e.Actor.ID == member }},
			{client.AuditFilter{Since: last.At}, func(e client.AuditEntry) bool { return !e.At.Before(last.At) }},
			{client.AuditFilter{Until: last.At, Newest: true}, func(e client.AuditEntry) bool { return e.At.Before(last.At) }},
		} {
			var want, got []int64
			for _, e := range all {
				if c.chosen(e) {
					want = append(want, e.Seq)
				}
			}
			if c.f.Newest {
				slices.Reverse(want)
			}
			at := client.Page{Limit: 3}
			for {
				some, err := auditor.SearchAudit(ctx, c.f, at)
				s.Must(err)
				for _, e := range some.Items {
					got = append(got, e.Seq)
				}
				if at.Cursor = some.NextCursor; at.Cursor == "" {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d: %v, not %v", i, got, want)
			}
		}
	})
}

func TestAccountsAreListedByTheirState(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx, op := t.Context(), s.callers["operator"]
		stranger := s.accounts["stranger"].ID
		_, err := s.App.Access.Pause(ctx, app.Actor(), stranger, time.Time{})
		s.Must(err)
		paused, err := op.AccountsIn(ctx, "paused", client.Page{})
		s.Must(err)
		if len(paused.Items) != 1 || paused.Items[0].ID != stranger {
			t.Errorf("paused: %+v", paused.Items)
		}
		active, err := op.AccountsIn(ctx, "active", client.Page{})
		s.Must(err)
		if len(active.Items) != len(s.accounts)-1 {
			t.Errorf("%d are active", len(active.Items))
		}
		if _, err := op.AccountsIn(ctx, "asleep", client.Page{}); !client.HasCode(err, "validation_failed") {
			t.Errorf("an unknown state: %v", err)
		}
	})
}

func TestAuditLogOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx, auditor := t.Context(), s.callers["auditor"]
		_, err := s.App.Audit.Sequence(ctx)
		s.Must(err)
		var n int64
		for e, err := range auditor.AllAuditEntries(ctx, 2) {
			s.Must(err)
			if e.Seq != n+2 || e.Action == "" {
				t.Fatalf("entry %d is %+v", n+2, e)
			}
			n++
		}
		checkpoint, err := auditor.AuditCheckpoint(ctx)
		s.Must(err)
		proof, err := auditor.AuditProof(ctx, 3, 0)
		s.Must(err)
		if proof.Size != n+2 || proof.Checkpoint != string(checkpoint) || len(proof.Hashes) == 0 || !strings.HasPrefix(proof.Record, "{") {
			t.Errorf("proof: %+v", proof)
		}
		if _, err := auditor.AuditProof(ctx, n+2, 0); !client.HasCode(err, "audit_entry_unknown") {
			t.Errorf("beyond the end: %v", err)
		}
		report, err := auditor.VerifyAudit(ctx, checkpoint)
		s.Must(err)
		if !report.OK || report.Size != n+2 || report.Compared != n+2 || report.FirstWrong != nil {
			t.Errorf("report: %+v", report)
		}
		if _, err := auditor.VerifyAudit(ctx, []byte("nonsense")); !client.HasCode(err, "audit_checkpoint_malformed") {
			t.Errorf("nonsense: %v", err)
		}
		_, err = s.App.DB.Write.ExecContext(ctx, `UPDATE audit_entries SET action = 'account.forged' WHERE seq = 2`)
		s.Must(err)
		report, err = auditor.VerifyAudit(ctx, nil)
		s.Must(err)
		if report.OK || report.Code == "" || report.Detail == "" {
			t.Errorf("tampering is not found: %+v", report)
		}
	})
}
