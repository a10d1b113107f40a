package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/erasure"
)

// Retry makes a data holder's part due now: an operator's push; part_not_open
// where it has nothing left to do.
func (s *Service) Retry(ctx context.Context, by audit.Actor, closure, holder string) error {
	return s.InTx(ctx, func(tx Tx) error {
		return erasure.Retry(ctx, tx, tx.ClosureParts(), holder, audit.Entry{ID: s.NewID(), At: s.Now(), Actor: by, Object: closure})
	})
}
