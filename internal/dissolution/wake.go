package dissolution

import (
	"context"

	"github.com/signoff-id/signoff/internal/erasure"
)

// wakeBatch bounds one commit of Wake.
const wakeBatch = 100

// Wake gives a job to every dissolution whose time has come and to every part
// that no job cares for. It is what moves a dissolution after 45 days: no job
// waits that long.
func (s *Service) Wake(ctx context.Context) error {
	return s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		// Should the job be lost, the next look finds it again.
		again := now.Add(s.Tries.Lease())
		due, err := tx.DueDissolutions(ctx, now, again, wakeBatch)
		if err != nil {
			return err
		}
		for _, id := range due {
			if err := tx.WakeDissolution(ctx, id); err != nil {
				return err
			}
		}
		_, err = erasure.Wake(ctx, tx.DissolutionParts(), now, again, wakeBatch)
		return err
	})
}
