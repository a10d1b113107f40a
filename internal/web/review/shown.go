package review

import (
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/web/ui"
)

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

// behind names the data holders that an erasure still waits for.
func behind(all []erasure.Part) (names []string) {
	for _, part := range all {
		if !part.Done() {
			names = append(names, part.Holder)
		}
	}
	return names
}
