package review

import (
	"strconv"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// queueData is what the queue of reviews shows.
type queueData struct {
	waiting []closure.Waiting
	account string // who looks
	pages   ui.Paging
}

// reviews is the queue of reviews, the most urgent first.
func (p *Pages) reviews(v *visit.Visit) error {
	after, err := turnOf(v.Query("after"))
	if err != nil {
		return err
	}
	found, err := p.Closures.Reviews(v.Context(), after, pageSize+1)
	if err != nil {
		return err
	}
	waiting, next := visit.Cut(found, pageSize, func(w closure.Waiting) string {
		return strconv.FormatInt(w.ReviewDueAt.UnixMicro(), 10) + "." + w.ID
	})
	data := queueData{account: v.Account(), waiting: waiting, pages: v.Paging(next, "/console/reviews")}
	page, err := v.Page(v.T("page.reviews.title"))
	if err != nil {
		return err
	}
	return v.Show(reviewsPage(page, data))
}

// turnOf reads a place in the queue.
func turnOf(place string) (closure.Turn, error) {
	if place == "" {
		return closure.Turn{}, nil
	}
	due, id, ok := strings.Cut(place, ".")
	us, err := strconv.ParseInt(due, 10, 64)
	if !ok || err != nil {
		return closure.Turn{}, fault.Wrong().At("query.after", "cursor_invalid")
	}
	return closure.Turn{DueAt: time.UnixMicro(us), ID: id}, nil
}
