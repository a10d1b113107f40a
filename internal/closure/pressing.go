package closure

import (
	"context"
	"slices"
	"time"
)

// DueTx reads what the law's deadlines press.
type DueTx interface {
	// ErasingUntil gives closures that are being erased and must be done by an
	// instant, the most urgent first.
	ErasingUntil(ctx context.Context, by time.Time, limit int) ([]Closure, error)
}

// DueAt is when the step that a closure is in must be done: its review, or the
// erasure. Zero where no time runs.
func (c Closure) DueAt() time.Time {
	switch c.State {
	case InReview:
		return c.ReviewDueAt
	case Erasing:
		return c.DeadlineAt
	default:
		return time.Time{}
	}
}

// Pressing gives the closures whose review or erasure is due by an instant or
// overdue already, the most urgent first.
func (s *Service) Pressing(ctx context.Context, by time.Time, limit int) (all []Closure, err error) {
	err = s.View(ctx, func(tx Tx) error {
		reviews, err := tx.InReview(ctx, Turn{}, limit)
		if err != nil {
			return err
		}
		erasures, err := tx.ErasingUntil(ctx, by, limit)
		if err != nil {
			return err
		}
		for _, c := range append(reviews, erasures...) {
			if !c.DueAt().After(by) {
				all = append(all, c)
			}
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Closure) int { return a.DueAt().Compare(b.DueAt()) })
	return all[:min(len(all), limit)], err
}
