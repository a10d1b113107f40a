package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/workday"
)

// Turn is a place in the queue of reviews: by when the decision is due, then by
// id. The zero Turn stands before everything.
type Turn struct {
	DueAt time.Time
	ID    string
}

// ReviewTx reads the queue of reviews.
type ReviewTx interface {
	// InReview gives closures that wait for a reviewer from after a turn on, the
	// most urgent first, so that overdue ones come before all others.
	InReview(ctx context.Context, after Turn, limit int) ([]Closure, error)
}

// Waiting is a closure that waits for a reviewer.
type Waiting struct {
	View
	// WorkingDaysLeft counts the working days after today until the decision is
	// due, up to and with the last one; negative once it is overdue. Nil where
	// the calendar lacks a year that would have to be counted.
	WorkingDaysLeft *int
}

// Reviews gives the queue of reviews, the most urgent first.
func (s *Service) Reviews(ctx context.Context, after Turn, limit int) (queue []Waiting, err error) {
	err = s.View(ctx, func(tx Tx) error {
		found, err := tx.InReview(ctx, after, limit)
		if err != nil {
			return err
		}
		cal, err := s.Policies.Calendar(ctx, tx)
		if err != nil {
			return err
		}
		queue = make([]Waiting, len(found))
		for i, c := range found {
			p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
			if err != nil {
				return err
			}
			queue[i] = Waiting{View: View{Closure: c, Policy: p}, WorkingDaysLeft: daysLeft(cal, p, s.Now(), c.ReviewDueAt)}
		}
		return nil
	})
	return queue, err
}

// daysLeft counts up to the last day on which a decision is in time: due is the
// first instant that is too late.
func daysLeft(cal *workday.Calendar, p *policy.Policy, now, due time.Time) *int {
	if p.Review == nil {
		return nil
	}
	n, err := cal.Between(p.Review.Country, now, due.Add(-time.Microsecond))
	if err != nil {
		return nil
	}
	return &n
}
