package api_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app/apptest"
)

func both(t *testing.T, test func(t *testing.T, s *scene)) {
	t.Helper()
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) { test(t, newScene(t, engine)) })
	}
}

// person is somebody with a name to sign in with and a session.
func (s *scene) person() (c *client.Client, account, name string) {
	a, name := s.Person()
	return s.with(s.SignIn(name).Token), a.ID, name
}

func (s *scene) signIn(name string) client.StartedSession {
	s.T.Helper()
	in, err := s.with("").SignIn(s.T.Context(), client.NewSession{Name: name, Password: apptest.Password,
		Device: client.Device{Kind: client.Phone, Name: "p"}, App: "crm"})
	s.Must(err)
	return in
}

// confirm requests and confirms a closure over HTTP.
func (s *scene) confirm(c *client.Client, policy string) client.ConfirmedClosure {
	s.T.Helper()
	asked, err := c.RequestClosure(s.T.Context(), client.NewClosure{Policy: policy})
	s.Must(err)
	done, err := c.ConfirmClosure(s.T.Context(), asked.ID, apptest.Password)
	s.Must(err)
	return done
}

// One person's way through review and cooling-off, and back by signing in.
func TestWeComClosureIsWithdrawnBySigningIn(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		me, account, name := s.person()
		now, err := me.ClosureConditions(ctx, "wecom")
		s.Must(err)
		if !now.Met || len(now.Conditions) == 0 || now.Warning == "" {
			t.Errorf("conditions: %+v", now)
		}
		begun := s.confirm(me, "wecom")
		if begun.Closure.State != client.InReview || *begun.Closure.DaysLeft != 15 || !begun.Closure.CanWithdraw {
			t.Errorf("confirmed: %+v", begun.Closure)
		}
		if !strings.HasSuffix(begun.StatusLink, "/closure-status#"+begun.StatusToken) || !strings.HasPrefix(begun.StatusToken, "soc_") {
			t.Errorf("link %q", begun.StatusLink)
		}
		if _, err := me.CheckSession(ctx); !client.HasCode(err, "session_not_valid") {
			t.Errorf("the session lives on: %v", err)
		}
		queue, err := s.callers["reviewer"].Reviews(ctx, client.Page{})
		s.Must(err)
		if len(queue.Items) != 1 || queue.Items[0].AccountID != account || *queue.Items[0].WorkingDaysLeft != 2 || queue.Items[0].Overdue {
			t.Errorf("queue: %+v", queue.Items)
		}
		approved, err := s.callers["reviewer"].ApproveClosure(ctx, begun.Closure.ID)
		s.Must(err)
		if approved.State != client.CoolingOff || approved.ReviewedBy == "" {
			t.Errorf("approved: %+v", approved)
		}
		s.Clock.Advance(14*24*time.Hour + 30*time.Minute)
		seen, err := s.with("").ClosureStatus(ctx, begun.StatusToken)
		s.Must(err)
		if seen.State != client.CoolingOff || *seen.DaysLeft != 1 || *seen.HoursLeft != 24 || !seen.CanWithdraw || len(seen.Timeline) != 3 {
			t.Errorf("status: %+v", seen)
		}
		if _, err := s.with("").SignIn(ctx, client.NewSession{Name: name, Password: "wrong one", Device: client.Device{Kind: client.Phone}, App: "crm"}); !client.HasCode(err, "credentials_wrong") {
			t.Errorf("wrong password: %v", err)
		}
		if seen, err := s.with("").ClosureStatus(ctx, begun.StatusToken); err != nil || seen.State != client.CoolingOff {
			t.Errorf("a failed sign-in has changed something: %+v, %v", seen, err)
		}
		in := s.signIn(name)
		if in.WithdrewClosure == nil || in.WithdrewClosure.ID != begun.Closure.ID || in.WithdrewClosure.Message == "" {
			t.Errorf("the sign-in does not say that it withdrew: %+v", in)
		}
		mine, err := s.with(in.Token).Closures(ctx, client.ClosureFilter{}, client.Page{})
		s.Must(err)
		if len(mine.Items) != 1 || mine.Items[0].State != client.Withdrawn || mine.Items[0].ReviewedBy != "" {
			t.Errorf("own closures: %+v", mine.Items)
		}
	})
}

// The immediate policy, down to a certificate that anybody can check.
func TestDingTalkClosureEndsWithACertificate(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		me, account, name := s.person()
		begun := s.confirm(me, "dingtalk")
		s.Drain(begun.Closure.ID)
		done, err := s.callers["operator"].Closure(ctx, begun.Closure.ID)
		s.Must(err)
		if done.State != client.Closed || done.CertificateID == "" || done.EndedAt == nil || len(done.OwnItems) == 0 || done.CanWithdraw {
			t.Errorf("closed: %+v", done)
		}
		kept := slices.IndexFunc(done.OwnItems, func(i client.Item) bool { return i.Name == "idempotency_keys" })
		if kept < 0 || done.OwnItems[kept].Count != 1 {
			t.Errorf("the answer kept for repeating the request is not erased: %+v", done.OwnItems)
		}
		file, err := s.with("").CertificateByLink(ctx, begun.StatusToken)
		s.Must(err)
		again, err := s.callers["auditor"].Certificate(ctx, done.ID)
		s.Must(err)
		if !bytes.Equal(file, again) {
			t.Error("the two ways to the certificate give different bytes")
		}
		checked, err := s.with("").CheckCertificate(ctx, file)
		s.Must(err)
		if !checked.Valid || checked.ID != done.CertificateID || checked.ClosureID != done.ID {
			t.Errorf("verified: %+v", checked)
		}
		file[len(file)/2] ^= 1
		if _, err := s.with("").CheckCertificate(ctx, file); !client.HasStatus(err, 422) && !client.HasStatus(err, 400) {
			t.Errorf("a changed byte: %v", err)
		}
		if _, err := s.with("").SignIn(ctx, client.NewSession{Name: name, Password: apptest.Password, Device: client.Device{Kind: client.Phone}, App: "crm"}); !client.HasCode(err, "credentials_wrong") {
			t.Errorf("the account comes back: %v", err)
		}
		gone, err := s.callers["operator"].Account(ctx, account)
		s.Must(err)
		if gone.Account.State != "closed" || gone.Account.Name != "" || len(gone.Account.Identifiers) != 0 {
			t.Errorf("left over: %+v", gone.Account)
		}
		if _, err := s.with("").WithdrawByLink(ctx, begun.StatusToken); !client.HasCode(err, "closure_state") {
			t.Errorf("withdrawn after the end: %v", err)
		}
	})
}

// A refusal names every condition, in the words of the policy and the language
// of the caller.
func TestUnmetConditionsAreSaidInWords(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		me, account, _ := s.person()
		_, err := s.callers["operator"].AddArrear(ctx, account, client.NewArrear{Currency: "CNY", Amount: 100})
		s.Must(err)
		for lang, want := range map[string]string{"zh-CN": "欠", "en": "o"} {
			_, err := me.WithLanguage(lang).RequestClosure(ctx, client.NewClosure{Policy: "wecom"})
			p, ok := errors.AsType[*client.Problem](err)
			if !ok || p.Code != "conditions_not_met" || p.Status != 409 || len(p.Errors) != 1 || !strings.Contains(p.Errors[0].Detail, want) {
				t.Errorf("%s: %v", lang, err)
			}
			explained, err := s.callers["operator"].WithLanguage(lang).ExplainPolicy(ctx, "wecom", account)
			s.Must(err)
			i := slices.IndexFunc(explained.Conditions, func(c client.Condition) bool { return !c.Met })
			if explained.Met || i < 0 || explained.Conditions[i].Text != p.Errors[0].Detail {
				t.Errorf("%s: explained %+v, refused with %+v", lang, explained.Conditions, p.Errors)
			}
		}
	})
}

// What holds at the request is checked again at the confirmation.
func TestConditionsAreCheckedAgainAtTheConfirmation(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		me, account, _ := s.person()
		asked, err := me.RequestClosure(ctx, client.NewClosure{Policy: "dingtalk"})
		s.Must(err)
		_, err = s.callers["operator"].AddBinding(ctx, account, client.NewBinding{Service: "alipay"})
		s.Must(err)
		_, err = me.ConfirmClosure(ctx, asked.ID, apptest.Password)
		p, ok := errors.AsType[*client.Problem](err)
		if !ok || p.Code != "conditions_not_met" || len(p.Errors) != 1 || !strings.Contains(p.Errors[0].Detail, "alipay") {
			t.Errorf("got %v", err)
		}
		if _, err := me.CheckSession(ctx); err != nil {
			t.Errorf("the session ended although nothing began: %v", err)
		}
		if _, err := me.WithdrawClosure(ctx, asked.ID); err != nil {
			t.Error(err)
		}
	})
}

// The most urgent review stands first, nobody decides on the own closure, and a
// page ends where the next begins.
func TestQueueOfReviews(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name := s.Person()
		s.Must(s.callers["operator"].Grant(ctx, a.ID, client.Reviewer))
		own := s.confirm(s.with(s.SignIn(name).Token), "wecom")
		s.Clock.Advance(5 * 24 * time.Hour)
		var later []string
		for range 3 {
			c, _, _ := s.person()
			later = append(later, s.confirm(c, "wecom").Closure.ID)
		}
		var order []string
		at := client.Page{Limit: 1}
		for {
			page, err := s.callers["auditor"].Reviews(ctx, at)
			s.Must(err)
			for _, r := range page.Items {
				order = append(order, r.ClosureID)
				if first := r.ClosureID == own.Closure.ID; r.Overdue != first || first && *r.WorkingDaysLeft >= 0 {
					t.Errorf("overdue %v: %+v", r.Overdue, r)
				}
			}
			if at.Cursor = page.NextCursor; at.Cursor == "" {
				break
			}
		}
		if !slices.Equal(order, append([]string{own.Closure.ID}, later...)) {
			t.Errorf("the queue is %v", order)
		}
		_, err := s.App.Closures.Approve(ctx, actor(a.ID), own.Closure.ID)
		if err == nil {
			t.Error("somebody approved the own closure")
		}
		if _, err := s.callers["reviewer"].RejectClosure(ctx, later[0], "  "); !client.HasCode(err, "validation_failed") {
			t.Errorf("rejected without a reason: %v", err)
		}
		rejected, err := s.callers["reviewer"].RejectClosure(ctx, later[0], "the documents do not match")
		s.Must(err)
		if rejected.State != client.Rejected || rejected.Reason != "the documents do not match" {
			t.Errorf("rejected: %+v", rejected)
		}
	})
}
