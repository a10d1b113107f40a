package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/erasure"
)

// wakeBatch bounds one commit of the waker.
const wakeBatch = 500

// Wake gives a job to every closure whose time has come and to every part that
// no job cares for, and says how many they were. It is what moves a closure
// after fifteen days: no job waits that long. Several processes may look at once.
func (s *Service) Wake(ctx context.Context) (woken int, err error) {
	for {
		var closures, parts int
		err := s.InTx(ctx, func(tx Tx) error {
			now := s.Now()
			// Should the job be lost, the next look finds the closure again.
			again := now.Add(s.Tries.Lease())
			due, err := tx.DueClosures(ctx, now, again, wakeBatch)
			if err != nil {
				return err
			}
			for _, id := range due {
				if err := tx.WakeClosure(ctx, id); err != nil {
					return err
				}
			}
			closures = len(due)
			parts, err = erasure.Wake(ctx, tx.ClosureParts(), now, again, wakeBatch)
			return err
		})
		if err != nil {
			return woken, err
		}
		if woken += closures + parts; max(closures, parts) < wakeBatch {
			return woken, nil
		}
	}
}
