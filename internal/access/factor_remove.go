package access

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/signal"
)

// RemoveFactor takes a factor away, by the person's hand or, for one that is
// lost, an operator's. With the last one the recovery codes go too: there is
// nothing left that they could stand in for. All sessions but except end.
func (s *Service) RemoveFactor(ctx context.Context, by audit.Actor, account, id, except string) error {
	return s.changeBy(ctx, by, account, func(tx Tx, now time.Time) error {
		all, err := confirmed(ctx, tx, account)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(f Factor) bool { return f.ID == id })
		if i < 0 {
			return errNoFactor()
		}
		if _, err := tx.DeleteFactor(ctx, account, id); err != nil {
			return err
		}
		if len(all) == 1 {
			if err := tx.ReplaceRecoveryCodes(ctx, account, nil); err != nil {
				return err
			}
		}
		return s.factorChanged(ctx, tx, by, account, except, signal.FactorRemoved, all[i].Kind, now)
	})
}
