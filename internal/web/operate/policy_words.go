package operate

import (
	"time"

	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/show"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// fact is a line of what something says about itself.
type fact struct{ label, text string }

// decisions says in words what a policy decides beside its conditions.
func decisions(p *ui.Page, one *policy.Policy) []fact {
	return []fact{
		{p.T("page.policy.proof"), p.T("page.policy.proof_text", "methods", methods(p, one.Proof.Methods), "age", span(p, one.Proof.MaxAge))},
		{p.T("page.policy.review"), reviewText(p, one.Review)},
		{p.T("page.policy.cooling_off"), coolingOffText(p, one.CoolingOff)},
		{p.T("page.policy.sign_in"), signInText(p, one.CoolingOff)},
		{p.T("page.policy.reuse"), reuseText(p, one.Reuse)},
		{p.T("page.policy.deadline"), show.Deadline(p, one.Deadline)},
	}
}

func methods(p *ui.Page, names []string) (all string) {
	for i, name := range names {
		if i > 0 {
			all += p.T("page.policy.or")
		}
		all += p.T("page.policy.method." + name)
	}
	return all
}

// span writes a duration in the largest unit that needs no fraction.
func span(p *ui.Page, d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d%day == 0:
		return p.T("page.days", "count", int(d/day))
	case d%time.Hour == 0:
		return p.T("page.hours", "count", int(d/time.Hour))
	case d%time.Minute == 0:
		return p.T("page.policy.minutes", "count", int(d/time.Minute))
	default:
		return p.T("page.policy.seconds", "count", int(d/time.Second))
	}
}

func reviewText(p *ui.Page, r *policy.Review) string {
	switch {
	case r == nil:
		return p.T("page.policy.review_none")
	case r.MinWorkingDays == r.MaxWorkingDays:
		return p.T("page.policy.review_exactly", "most", r.MaxWorkingDays)
	default:
		return p.T("page.policy.review_text", "least", r.MinWorkingDays, "most", r.MaxWorkingDays)
	}
}

func coolingOffText(p *ui.Page, c *policy.CoolingOff) string {
	switch {
	case c == nil:
		return p.T("page.policy.cooling_off_none")
	case c.From == policy.FromApproved:
		return p.T("page.policy.cooling_off_approved", "days", p.T("page.days", "count", c.Days))
	default:
		return p.T("page.policy.cooling_off_requested", "days", p.T("page.days", "count", c.Days))
	}
}

func signInText(p *ui.Page, c *policy.CoolingOff) string {
	if c == nil {
		return p.T("page.policy.sign_in.none")
	}
	return p.T("page.policy.sign_in." + c.SignIn)
}

func reuseText(p *ui.Page, r policy.Reuse) string {
	switch {
	case r.Never:
		return p.T("page.policy.reuse_never")
	case r.After == 0:
		return p.T("page.policy.reuse_at_once")
	default:
		return p.T("page.policy.reuse_after", "after", span(p, r.After))
	}
}
