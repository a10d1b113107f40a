package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
)

// Retry makes a data holder's part due now: an operator's push.
func (s *Service) Retry(ctx context.Context, by audit.Actor, closure, holder string) (bool, error) {
	var ok bool
	err := s.InTx(ctx, func(tx Tx) (err error) {
		now := s.Now()
		if ok, err = tx.ClosureParts().RetryPart(ctx, closure, holder, now); err != nil || !ok {
			return err
		}
		if err := tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: by, Action: "erasure.retried", Object: closure,
			Data: map[string]string{"holder": holder}}); err != nil {
			return err
		}
		return tx.ClosureParts().WakePart(ctx, closure, holder)
	})
	return ok, err
}
