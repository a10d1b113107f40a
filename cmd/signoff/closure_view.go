package main

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/policy"
)

type closureView struct {
	ID           string        `json:"id"`
	Account      string        `json:"account_id"`
	State        closure.State `json:"state"`
	Policy       policyView    `json:"policy"`
	RequestedAt  time.Time     `json:"requested_at"`
	ConfirmedAt  *time.Time    `json:"confirmed_at,omitempty"`
	ReviewDueAt  *time.Time    `json:"review_due_at,omitempty"`
	ReviewedAt   *time.Time    `json:"reviewed_at,omitempty"`
	ReviewedBy   string        `json:"reviewed_by,omitempty"`
	CoolingUntil *time.Time    `json:"cooling_until,omitempty"`
	ErasingAt    *time.Time    `json:"erasing_at,omitempty"`
	DeadlineAt   *time.Time    `json:"deadline_at,omitempty"`
	EndedAt      *time.Time    `json:"ended_at,omitempty"`
	EndCause     closure.Event `json:"end_cause,omitempty"`
	Certificate  string        `json:"certificate_id,omitempty"`
	Overdue      bool          `json:"overdue"`
}

func (e *env) viewClosure(c closure.Closure, p *policy.Policy, now time.Time) closureView {
	v := closureView{ID: c.ID, Account: c.Account, State: c.State,
		RequestedAt: c.RequestedAt, ConfirmedAt: perhaps(c.ConfirmedAt), ReviewDueAt: perhaps(c.ReviewDueAt),
		ReviewedAt: perhaps(c.ReviewedAt), ReviewedBy: c.ReviewedBy, CoolingUntil: perhaps(c.CoolingUntil),
		ErasingAt: perhaps(c.ErasingAt), DeadlineAt: perhaps(c.DeadlineAt), EndedAt: perhaps(c.EndedAt),
		EndCause: c.EndCause, Certificate: c.Certificate, Overdue: c.Overdue(now)}
	if p != nil {
		v.Policy = e.viewPolicy(p)
	}
	return v
}

type happeningView struct {
	Event string    `json:"event"`
	At    time.Time `json:"at"`
	Seq   *int64    `json:"audit_seq,omitempty"`
}

func viewHappening(h closure.Happening) happeningView {
	v := happeningView{Event: h.Event, At: h.At}
	if h.Seq >= 0 {
		v.Seq = &h.Seq
	}
	return v
}

type partView struct {
	Holder     string          `json:"holder"`
	Attempts   int             `json:"attempts"`
	LastError  string          `json:"last_error,omitempty"`
	ErasedAt   *time.Time      `json:"erased_at,omitempty"`
	VerifiedAt *time.Time      `json:"verified_at,omitempty"`
	NextTryAt  *time.Time      `json:"next_try_at,omitempty"`
	Receipt    json.RawMessage `json:"receipt,omitempty"`
}

func viewPart(p closure.Part) partView {
	v := partView{Holder: p.Holder, Attempts: p.Attempts, LastError: p.LastError, ErasedAt: perhaps(p.ErasedAt), VerifiedAt: perhaps(p.VerifiedAt)}
	if !p.Done() {
		v.NextTryAt = perhaps(p.NextTryAt)
	}
	if p.Receipt != nil {
		v.Receipt, _ = json.Marshal(p.Receipt)
	}
	return v
}

// erased counts what a part's receipt names.
func erased(p closure.Part) string {
	if p.Receipt == nil {
		return ""
	}
	return strconv.FormatInt(holder.Total(p.Receipt.Items), 10)
}

type conditionView struct {
	Code    string `json:"code"`
	Met     bool   `json:"met"`
	Text    string `json:"text"`
	Resolve string `json:"resolve,omitempty"`
}

func (e *env) viewCondition(r policy.Result) conditionView {
	v := conditionView{Code: r.Code, Met: r.Met, Text: r.Text.In(e.lang)}
	if !r.Met {
		v.Resolve = r.Resolve
	}
	return v
}

// conditions lists which conditions hold and which do not.
func (p *page) conditions(all []conditionView) {
	for _, c := range all {
		mark := "✓"
		if !c.Met {
			mark = "✗"
		}
		line := mark + " " + c.Text
		if c.Resolve != "" {
			line += " → " + c.Resolve
		}
		p.line(line)
	}
}
