// Package show draws what more than one room of pages shows of the domain: a
// policy's conditions, its deadline, a timeline, a receipt.
package show

import (
	"time"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// Deadline says by when the law wants everything erased.
func Deadline(p *ui.Page, d policy.Deadline) string {
	switch {
	case d.WorkingDays > 0:
		return p.T("page.deadline.working_days", "count", d.WorkingDays)
	case d.CalendarDays > 0:
		return p.T("page.deadline.days", "count", d.CalendarDays)
	default:
		return p.T("page.deadline.months", "count", d.Months)
	}
}

// HolderTitle names a data holder in the person's language.
func HolderTitle(p *ui.Page, h holder.Description) string {
	if t := h.Title[p.Lang]; t != "" {
		return t
	}
	return h.Name
}

// Line is one line of a timeline.
type Line struct {
	Event string
	At    time.Time
	Seq   int64 // its place in the audit log, or audit.Pending
}

// Basis is the legal basis for keeping something, in the person's language, and
// for want of words its id.
func Basis(p *ui.Page, words map[string]string, id string) string {
	for _, lang := range append([]string{p.Lang}, language.All()...) {
		if text := words[lang]; text != "" {
			return text
		}
	}
	return id
}

// OrDash gives a dash for no text.
func OrDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}
