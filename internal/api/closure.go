package api

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
)

// staff are the roles that see everybody's closures.
func staff() []string { return []string{identity.Operator, identity.Reviewer, identity.Auditor} }

// closureView is one closure. Fields that do not apply yet are missing; what
// only the staff of the platform needs is missing for the person.
type closureView struct {
	ID            string     `json:"id"`
	AccountID     string     `json:"account_id"`
	State         string     `json:"state" enum:"requested,in_review,cooling_off,erasing,closed,withdrawn,rejected,refused"`
	Policy        policyRef  `json:"policy"`
	Message       string     `json:"message,omitempty" doc:"What the policy says about the state, in the caller's language."`
	SuccessorID   string     `json:"successor_id,omitempty" doc:"Who takes over what belongs to an organisation."`
	RequestedAt   time.Time  `json:"requested_at"`
	ConfirmedAt   *time.Time `json:"confirmed_at,omitempty" doc:"When identity was proved."`
	ReviewDueAt   *time.Time `json:"review_due_at,omitempty"`
	ReviewedAt    *time.Time `json:"reviewed_at,omitempty"`
	ReviewedBy    string     `json:"reviewed_by,omitempty" doc:"For the staff only."`
	Reason        string     `json:"reason,omitempty" doc:"A reviewer's words."`
	CoolingUntil  *time.Time `json:"cooling_until,omitempty" doc:"Until when the closure can be withdrawn."`
	DaysLeft      *int       `json:"days_left,omitempty" doc:"Of the cooling-off, begun days counted whole."`
	HoursLeft     *int       `json:"hours_left,omitempty" doc:"The same in hours."`
	CanWithdraw   bool       `json:"can_withdraw"`
	ErasingAt     *time.Time `json:"erasing_at,omitempty"`
	DeadlineAt    *time.Time `json:"deadline_at,omitempty" doc:"The law's, for the erasure."`
	Overdue       bool       `json:"overdue" doc:"A review past its working days, or an erasure past the law's deadline."`
	EndedAt       *time.Time `json:"ended_at,omitempty"`
	CertificateID string     `json:"certificate_id,omitempty"`

	Timeline []happeningView `json:"timeline,omitempty" nullable:"false" doc:"Only where one closure is asked for."`
	Parts    []partView      `json:"parts,omitempty" nullable:"false" doc:"One for each data holder, once the erasure has begun."`
	OwnItems []itemView      `json:"own_items,omitempty" nullable:"false" doc:"What went of Signoff's own rows."`
}

// happeningView is one line of a closure's timeline.
type happeningView struct {
	Event string    `json:"event"`
	At    time.Time `json:"at"`
	Seq   *int64    `json:"audit_seq,omitempty" doc:"Its place in the audit log; missing for a moment after it happened."`
}

func shapeHappening(h closure.Happening) happeningView {
	out := happeningView{Event: h.Event, At: h.At.UTC()}
	if h.Seq != audit.Pending {
		out.Seq = &h.Seq
	}
	return out
}

// shapeClosure shows a closure; whole says that the caller is of the staff.
func shapeClosure(ctx context.Context, now time.Time, whole bool) func(closure.View) closureView {
	return func(v closure.View) closureView {
		out := closureView{ID: v.ID, AccountID: v.Account, State: string(v.State), Policy: shapeRef(ctx, v.Policy),
			Message: v.Message().In(httpserver.Language(ctx)), SuccessorID: v.Successor, RequestedAt: v.RequestedAt.UTC(),
			ConfirmedAt: when(v.ConfirmedAt), ReviewDueAt: when(v.ReviewDueAt), ReviewedAt: when(v.ReviewedAt), Reason: v.Reason,
			CoolingUntil: when(v.CoolingUntil), CanWithdraw: v.CanWithdraw(), ErasingAt: when(v.ErasingAt), DeadlineAt: when(v.DeadlineAt),
			Overdue: v.Overdue(now), EndedAt: when(v.EndedAt), CertificateID: v.Certificate}
		out.DaysLeft, out.HoursLeft = timeLeft(v.Closure, now)
		for _, h := range v.Timeline {
			out.Timeline = append(out.Timeline, shapeHappening(h))
		}
		for _, p := range v.Parts {
			out.Parts = append(out.Parts, shapePart(p, whole))
		}
		for _, i := range v.OwnItems {
			out.OwnItems = append(out.OwnItems, itemView(i))
		}
		if whole {
			out.ReviewedBy = v.ReviewedBy
		}
		return out
	}
}

// timeLeft counts what is left of the cooling-off, which may have begun while
// the review still runs.
func timeLeft(c closure.Closure, now time.Time) (days, hours *int) {
	if c.CoolingUntil.IsZero() || !c.CanWithdraw() {
		return nil, nil
	}
	left := max(c.CoolingUntil.Sub(now), 0)
	return begun(left, 24*time.Hour), begun(left, time.Hour)
}

// begun counts units, one that has begun as whole.
func begun(d, unit time.Duration) *int {
	n := int((d + unit - 1) / unit)
	return &n
}
