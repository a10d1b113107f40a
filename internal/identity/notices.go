package identity

import (
	"context"

	"github.com/signoff-id/signoff/internal/signal"
)

// Notices reads the trail of what an account was told, the oldest first, or
// answers account_not_found.
func (s *Service) Notices(ctx context.Context, account string) (trail []signal.Line, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if _, err := tx.Account(ctx, account); err != nil {
			return err
		}
		trail, err = tx.Notices(ctx, account)
		return err
	})
	return trail, err
}
