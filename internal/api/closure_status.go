package api

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/httpserver"
)

// closureStatus is what the private link shows of a closure: enough to decide,
// and no id of a person.
type closureStatus struct {
	State        string          `json:"state" enum:"requested,in_review,cooling_off,erasing,closed,withdrawn,rejected,refused"`
	Title        string          `json:"title" doc:"Of the policy, in the caller's language."`
	Message      string          `json:"message,omitempty" doc:"What the policy says about the state, in the caller's language."`
	Reason       string          `json:"reason,omitempty" doc:"A reviewer's words."`
	RequestedAt  time.Time       `json:"requested_at"`
	ReviewDueAt  *time.Time      `json:"review_due_at,omitempty"`
	CoolingUntil *time.Time      `json:"cooling_until,omitempty"`
	DaysLeft     *int            `json:"days_left,omitempty"`
	HoursLeft    *int            `json:"hours_left,omitempty"`
	CanWithdraw  bool            `json:"can_withdraw"`
	DeadlineAt   *time.Time      `json:"deadline_at,omitempty"`
	Overdue      bool            `json:"overdue"`
	EndedAt      *time.Time      `json:"ended_at,omitempty"`
	Certificate  bool            `json:"certificate" doc:"Whether there is a certificate to fetch."`
	Timeline     []happeningView `json:"timeline" nullable:"false"`
}

func shapeStatus(ctx context.Context, now time.Time, v closure.View) closureStatus {
	lang := httpserver.Language(ctx)
	out := closureStatus{State: string(v.State), Title: v.Policy.Title.In(lang), Message: v.Message().In(lang), Reason: v.Reason,
		RequestedAt: v.RequestedAt.UTC(), ReviewDueAt: when(v.ReviewDueAt), CoolingUntil: when(v.CoolingUntil), CanWithdraw: v.CanWithdraw(),
		DeadlineAt: when(v.DeadlineAt), Overdue: v.Overdue(now), EndedAt: when(v.EndedAt), Certificate: v.State == closure.Closed,
		Timeline: each(v.Timeline, shapeHappening)}
	out.DaysLeft, out.HoursLeft = timeLeft(v.Closure, now)
	return out
}
