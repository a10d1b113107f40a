package access

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/throttle"
)

// ConfirmTOTP makes an authenticator app count, by its first code. With the
// account's first factor come recovery codes, told this once. All other sessions
// end.
func (s *Service) ConfirmTOTP(ctx context.Context, on session.Session, id, code string) (recovery []string, err error) {
	err = s.Guesses.Guard(ctx, throttle.Try{Account: on.Account, Session: on.ID}, func() error {
		return s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
			all, err := tx.Factors(ctx, on.Account)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(all, func(f Factor) bool { return f.ID == id && f.Kind == TOTP && f.ConfirmedAt.IsZero() })
			if i < 0 {
				return errNoFactor()
			}
			if err := useTOTP(ctx, tx, all[i:i+1], onetime.Digits(code), now); err != nil {
				return err
			}
			if err := tx.ConfirmFactor(ctx, id, now); err != nil {
				return err
			}
			if recovery, err = s.firstCodes(ctx, tx, on.Account); err != nil {
				return err
			}
			return s.factorChanged(ctx, tx, member(on.Account), on.Account, on.ID, signal.FactorAdded, TOTP, now)
		})
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}
