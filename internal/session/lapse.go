package session

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
)

const (
	// sweepBatch is how many sessions one commit ends.
	sweepBatch = 100
	// sweepLease is how long other processes leave alone what this one took.
	sweepLease = time.Minute
)

// Sweep ends the sessions that ran out, by age or for being idle, and counts
// them: each gets its row, its event and its audit entry, once. A check refuses
// them anyway from the instant they run out; this is the trail of it. Call it
// again and again.
func (s *Service) Sweep(ctx context.Context) (ended int, err error) {
	for {
		var lapsed []Session
		var taken int
		err := s.InTx(ctx, func(tx Tx) (err error) {
			now := s.Now()
			lapsed, taken, err = tx.LeaseDue(ctx, now, now.Add(sweepLease), sweepBatch)
			return err
		})
		if err != nil {
			return ended, err
		}
		n, err := s.endLapsed(ctx, lapsed)
		ended += n
		if err != nil || taken < sweepBatch {
			return ended, err
		}
	}
}

// endLapsed ends a batch in one commit, in the order of the accounts: their
// locks are always taken in that order.
func (s *Service) endLapsed(ctx context.Context, all []Session) (ended int, err error) {
	if len(all) == 0 {
		return 0, nil
	}
	slices.SortFunc(all, func(x, y Session) int { return cmp.Compare(x.Account, y.Account) })
	err = s.InTx(ctx, func(tx Tx) error {
		ended = 0
		now := s.Now()
		for _, x := range all {
			cause := ByIdling
			if !x.ExpiresAt.After(now) {
				cause = ByExpiry
			}
			done, err := s.end(ctx, tx, Ending{Scope: OneSession, Account: x.Account, Target: x.ID, Cause: cause, By: audit.System(), At: now})
			if err != nil {
				return err
			}
			if ended += done.count; done.count == 0 {
				if err := tx.EndMarked(ctx, x.ID, now); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return ended, err
}
