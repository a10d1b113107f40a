package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/erasure"
)

// wakeBatch bounds one commit of the waker.
const wakeBatch = 500

// Wake looks for closures whose time has come and for parts that no job cares
// for, gives each its job, and says how many it was. It is what moves a closure
// after fifteen days: no job waits that long. Call it again and again, in as many
// processes as there are.
func (s *Service) Wake(ctx context.Context) (woken int, err error) {
	for {
		n := 0
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
			parts, err := erasure.Wake(ctx, tx.ClosureParts(), now, again, wakeBatch)
			if err != nil {
				return err
			}
			n = max(len(due), parts)
			woken += len(due) + parts
			return nil
		})
		if err != nil || n < wakeBatch {
			return woken, err
		}
	}
}
