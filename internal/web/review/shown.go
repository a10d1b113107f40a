package review

import (
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// line is one line of a timeline.
type line struct {
	event string
	at    time.Time
	seq   int64
}

func linesOf(all []closure.Happening) []line {
	out := make([]line, len(all))
	for i, h := range all {
		out[i] = line{h.Event, h.At, h.Seq}
	}
	return out
}

// stateColour is the colour of a state's badge, of closures and dissolutions.
func stateColour(state string) string {
	switch state {
	case "closed":
		return "green"
	case "rejected", "refused", "cancelled":
		return "red"
	case "in_review", "objected":
		return "yellow"
	case "erasing", "releasing":
		return "orange"
	case "cooling_off", "announced":
		return "blue"
	default:
		return "secondary"
	}
}

// lastDay is the last day on which something is in time: due is the first instant
// that is too late.
func lastDay(p *ui.Page, due time.Time) string {
	if due.IsZero() {
		return "—"
	}
	return p.Date(due.Add(-time.Microsecond))
}

// clock says how many working days are left of a review, and in which colour.
func clock(p *ui.Page, w closure.Waiting) (colour, words string) {
	n := w.WorkingDaysLeft
	switch {
	case w.Overdue(p.Now) && (n == nil || *n >= 0):
		return "red", p.T("page.reviews.overdue")
	case w.Overdue(p.Now):
		return "red", p.T("page.reviews.overdue_days", "count", -*n)
	case n == nil:
		return "secondary", p.T("page.reviews.days_unknown")
	case *n == 0:
		return "yellow", p.T("page.reviews.due_today")
	default:
		return "green", p.T("page.reviews.days_left", "count", *n)
	}
}

// failure is a code in words, where there are some.
func failure(p *ui.Page, part erasure.Part) string {
	key := "fault." + part.LastError
	if !p.Texts.Has(p.Lang, key) {
		return ""
	}
	return p.T(key, "holder", part.Holder)
}

// partState is where a data holder's part stands, and its colour.
func partState(part erasure.Part) (colour, state string) {
	switch {
	case part.Done():
		return "green", "verified"
	case part.LastError != "":
		return "red", "failing"
	case !part.ErasedAt.IsZero():
		return "blue", "erased"
	default:
		return "secondary", "open"
	}
}

// basisOf is the legal basis for keeping something, in the person's language.
func basisOf(p *ui.Page, i holder.Item) string {
	for _, lang := range []string{p.Lang, "zh-CN", "en"} {
		if text := i.BasisText[lang]; text != "" {
			return text
		}
	}
	return i.Basis
}

// behind names the data holders that an erasure still waits for.
func behind(all []erasure.Part) (names []string) {
	for _, part := range all {
		if !part.Done() {
			names = append(names, part.Holder)
		}
	}
	return names
}
