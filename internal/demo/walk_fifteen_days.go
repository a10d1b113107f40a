package demo

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/certificate"
)

const day = 24 * time.Hour

// fifteenDays closes an account under WeCom's rules: a review, and a cooling-off
// of 15 days from the application.
func (w *Walk) fifteenDays(ctx context.Context) error {
	w.scene("wecom")
	p := w.demo.Person(SalesTwo)
	desktop, err := w.signIn(ctx, p, client.Desktop)
	if err != nil {
		return err
	}
	w.line("signed_in", "name", p.Name, "count", 1)
	found, err := desktop.ClosureConditions(ctx, "wecom")
	if err != nil {
		return err
	}
	w.conditions(found)
	before, err := w.look(ctx, p)
	if err != nil {
		return err
	}
	successor := w.demo.Person(SupportOne)
	w.line("successor", "name", successor.Name)
	link, err := w.confirm(ctx, desktop, p, client.NewClosure{Policy: "wecom", SuccessorID: successor.Account})
	if err != nil {
		return err
	}
	w.check(!alive(ctx, desktop), "sessions_ended")
	if err := w.review(ctx, p); err != nil {
		return err
	}
	if err := w.coolOff(ctx, p, link); err != nil {
		return err
	}
	if err := w.compareWith(ctx, p, before); err != nil {
		return err
	}
	file, err := w.prove(ctx, link)
	if err != nil {
		return err
	}
	w.cannotReturn(ctx, p)
	doc, err := certificate.Read(file)
	if err != nil {
		return err
	}
	w.blank()
	w.indented(doc.Render(w.Lang))
	return nil
}

// review lets the reviewer find the closure in the queue and approve it.
func (w *Walk) review(ctx context.Context, p Person) error {
	reviewer, err := w.signIn(ctx, w.demo.Person(Reviewer), client.Desktop)
	if err != nil {
		return err
	}
	for waiting, err := range reviewer.AllReviews(ctx) {
		if err != nil {
			return err
		}
		if waiting.AccountID != p.Account {
			continue
		}
		w.check(!waiting.Overdue && !waiting.Own, "in_review", "due", waiting.DueAt)
		approved, err := reviewer.ApproveClosure(ctx, waiting.ClosureID)
		w.check(err == nil && approved.State == client.CoolingOff, "approved")
		return err
	}
	w.check(false, "in_review", "due", time.Time{})
	return nil
}

// coolOff shows that a failed sign-in changes nothing, that the closure keeps
// its fifteen days, and that it goes on when they are over.
func (w *Walk) coolOff(ctx context.Context, p Person, link string) error {
	_, err := w.signIn(ctx, Person{Username: p.Username, Password: "not-the-password"}, client.Phone)
	w.check(client.HasCode(err, "credentials_wrong"), "failed_sign_in")
	status, err := w.api.ClosureStatus(ctx, link)
	if err != nil {
		return err
	}
	w.check(status.State == client.CoolingOff && status.CanWithdraw && left(status) == 15, "still_cooling", "count", left(status))
	if err := w.advance(ctx, 14*day); err != nil {
		return err
	}
	if status, err = w.api.ClosureStatus(ctx, link); err != nil {
		return err
	}
	w.check(status.State == client.CoolingOff && left(status) == 1, "advanced", "days", 14, "count", left(status))
	if err := w.advance(ctx, day); err != nil {
		return err
	}
	if status, err = w.closed(ctx, link); err != nil {
		return err
	}
	w.check(status.State == client.Closed, "closed_after", "days", 15)
	return nil
}

// left is how many days the private link says are left.
func left(s client.ClosureStatus) int {
	if s.DaysLeft == nil {
		return 0
	}
	return *s.DaysLeft
}
