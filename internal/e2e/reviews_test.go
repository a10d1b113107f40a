package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestReviews(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "rejecting with a reason", rejectingWithAReason)
		s.run(t, "overdue reviews stand out", overdueReviewsStandOut)
	})
}

// A reviewer says no with a reason; the person reads it, and keeps everything.
func rejectingWithAReason(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	profile, rows := s.settled(p)
	begun := s.confirmed(p, "wecom")
	for _, reason := range []string{"", " \n ", strings.Repeat("长", 501)} {
		if _, err := s.reviewer.RejectClosure(ctx, begun.Closure.ID, reason); !client.HasCode(err, "validation_failed") {
			t.Errorf("the reason %.10q: %v", reason, err)
		}
	}
	s.planted.add("税务注销证明模糊 unreadable scan")
	rejected, err := s.reviewer.RejectClosure(ctx, begun.Closure.ID, " 税务注销证明模糊 unreadable scan ")
	if err != nil || rejected.State != client.Rejected || rejected.ReviewedBy == "" || rejected.ReviewedAt == nil {
		t.Errorf("rejected: %+v, %v", rejected, err)
	}
	if n := s.told(p, "closure_rejected"); n.Args["reason"] != "税务注销证明模糊 unreadable scan" {
		t.Errorf("told %q", n.Args)
	}
	status, err := s.with("").ClosureStatus(ctx, begun.StatusToken)
	if err != nil || status.State != client.Rejected || status.Reason != "税务注销证明模糊 unreadable scan" || status.CanWithdraw {
		t.Errorf("the private link shows %+v, %v", status, err)
	}
	for what, err := range map[string]error{"approved": drop(s.reviewer.ApproveClosure(ctx, begun.Closure.ID)),
		"rejected again": drop(s.reviewer.RejectClosure(ctx, begun.Closure.ID, "no")), "withdrawn": drop(s.with("").WithdrawByLink(ctx, begun.StatusToken))} {
		if !client.HasCode(err, "closure_state") {
			t.Errorf("%s after the rejection: %v", what, err)
		}
	}
	in := s.signInAs(p, client.Phone)
	own, err := s.with(in.Token).Closure(ctx, begun.Closure.ID)
	if err != nil || own.ReviewedBy != "" || own.Reason == "" || in.WithdrewClosure != nil {
		t.Errorf("the person sees %+v, %v", own, err)
	}
	s.asBefore(t, p, profile, rows)
	for _, e := range entries(s) {
		if slices.Contains([]string{"closure.rejected"}, e.Action) && len(e.Data) > 0 {
			t.Errorf("the audit log holds %q", e.Data)
		}
	}
}

func entries(s *stage) (all []client.AuditEntry) {
	s.T.Helper()
	s.settle()
	for e, err := range s.auditor.AllAuditEntries(s.T.Context(), 0) {
		s.Must(err)
		all = append(all, e)
	}
	return all
}

// Reviews are due in working days of the Chinese calendar; overdue ones stand
// out and first, and can still be decided.
func overdueReviewsStandOut(t *testing.T, s *stage) {
	ctx := t.Context()
	// Friday before Qingming: Monday 6 April 2026 is a holiday.
	s.Clock.Advance(32 * day)
	s.operator = s.asRoot()
	s.reviewer = s.staff(client.Reviewer)
	late := s.confirmed(s.person(), "wecom")
	if due := late.Closure.ReviewDueAt.UTC().Format("2006-01-02 15:04"); due != "2026-04-08 16:00" {
		t.Errorf("asked on %s, due %s", late.Closure.ConfirmedAt, due)
	}
	overdue := func(want bool) {
		t.Helper()
		got, err := s.operator.Closure(ctx, late.Closure.ID)
		s.Must(err)
		status, err := s.with("").ClosureStatus(ctx, late.StatusToken)
		s.Must(err)
		queue, err := s.reviewer.Reviews(ctx, client.Page{})
		s.Must(err)
		if got.Overdue != want || status.Overdue != want || queue.Items[0].ClosureID != late.Closure.ID || queue.Items[0].Overdue != want {
			t.Errorf("overdue in the closure %v, by the link %v, in the queue %+v; want %v", got.Overdue, status.Overdue, queue.Items[0], want)
		}
	}
	overdue(false)
	s.Clock.Advance(late.Closure.ReviewDueAt.Sub(s.Clock.Now()) - 1e6)
	overdue(false)
	s.Clock.Advance(1e6)
	overdue(true)
	s.confirmed(s.person(), "wecom")
	overdue(true)
	s.Clock.Advance(30 * day) // the cooling-off is long over, and the review is still needed
	s.operator = s.asRoot()
	s.reviewer = s.staff(client.Reviewer)
	overdue(true)
	_, err := s.reviewer.ApproveClosure(ctx, late.Closure.ID)
	s.Must(err)
	s.reaches(late.Closure.ID, client.Closed)
}
