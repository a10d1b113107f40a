package review

import (
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// approve lets a closure go on; where the conditions no longer hold it ends
// instead, and the next page says so.
func (p *Pages) approve(v *visit.Visit) error {
	c, err := p.Closures.Approve(v.Context(), v.AsReviewer(), v.Part("id"))
	if err != nil {
		return v.AskAgain(err, p.showReview)
	}
	if c.State == closure.Refused {
		v.Tell("warning", "page.reviews.refused")
	} else {
		v.Tell("success", "page.reviews.approved")
	}
	return v.Go("/console/reviews")
}

// reject ends a closure with a reason, which the person is told.
func (p *Pages) reject(v *visit.Visit) error {
	if _, err := p.Closures.Reject(v.Context(), v.AsReviewer(), v.Part("id"), v.Value("reason")); err != nil {
		return v.AskAgain(err, p.showReview)
	}
	v.Tell("success", "page.reviews.rejected")
	return v.Go("/console/reviews")
}
