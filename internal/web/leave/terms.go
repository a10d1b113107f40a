package leave

import (
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// deadlineWords says by when the law wants everything erased.
func deadlineWords(p *ui.Page, o *policy.Policy) string {
	switch d := o.Deadline; {
	case d.WorkingDays > 0:
		return p.T("page.close.deadline_working", "count", d.WorkingDays)
	case d.CalendarDays > 0:
		return p.T("page.close.deadline_days", "count", d.CalendarDays)
	default:
		return p.T("page.close.deadline_months", "count", d.Months)
	}
}
