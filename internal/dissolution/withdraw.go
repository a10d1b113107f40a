package dissolution

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
)

// Withdraw ends a dissolution while the notice is not over. Everything stays as
// it was; what was sent in as evidence is erased.
func (s *Service) Withdraw(ctx context.Context, by audit.Actor, id string) (Dissolution, error) {
	return s.change(ctx, id, func(tx Tx, d *Dissolution, now time.Time) error {
		if err := leads(ctx, tx, by, d.Organisation); err != nil {
			return unknownTo(err)
		}
		if d.State == Announced && !now.Before(d.EndsAt) {
			return errState(d.State, withdraw)
		}
		if err := s.move(ctx, tx, d, withdraw, by, now, nil); err != nil {
			return err
		}
		if err := tx.ForgetPapers(ctx, d.ID); err != nil {
			return err
		}
		return tx.SaveDissolution(ctx, *d)
	})
}
