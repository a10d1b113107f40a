package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/signal"
)

// Resume ends a pause, by an operator's hand. It answers account_not_paused.
func (s *Service) Resume(ctx context.Context, by audit.Actor, account string) error {
	return s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		return s.resume(ctx, tx, by, account, s.Now())
	})
}

// resume ends a pause inside a commit that holds the account's lock. No session
// comes back.
func (s *Service) resume(ctx context.Context, tx Tx, by audit.Actor, account string, now time.Time) error {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return err
	}
	if a.State != identity.Paused {
		return fault.New(fault.Conflict, "account_not_paused")
	}
	if err := tx.DeletePause(ctx, account); err != nil {
		return err
	}
	if err := tx.SetAccountState(ctx, account, identity.Active, now); err != nil {
		return err
	}
	return s.noteAndTell(ctx, tx, by, now, account, signal.AccountResumed, "account.resumed")
}

// resumeBatch bounds what one look for ended pauses does.
const resumeBatch = 200

// ResumeDue resumes the accounts whose pause is over and says how many. Each is
// a commit of its own, which asks again under the account's lock.
func (s *Service) ResumeDue(ctx context.Context) (resumed int, err error) {
	var due []string
	err = s.View(ctx, func(tx Tx) error {
		due, err = tx.DuePauses(ctx, s.Now(), resumeBatch)
		return err
	})
	for _, account := range due {
		if err != nil {
			break
		}
		err = s.InTx(ctx, func(tx Tx) error {
			if err := tx.LockAccount(ctx, account); err != nil {
				return err
			}
			now := s.Now()
			// Somebody may have resumed it since, and paused it again.
			p, err := tx.Pause(ctx, account)
			if err != nil || p.Until.IsZero() || p.Until.After(now) {
				return err
			}
			resumed++
			return s.resume(ctx, tx, audit.System(), account, now)
		})
	}
	return resumed, err
}
