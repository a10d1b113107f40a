package access

import (
	"context"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// SetFlags marks an account as stolen (账号被盗) or banned (账号被封), which ends its
// sessions, or clears the marks, which brings none back. The person is told of a
// mark that is new.
func (s *Service) SetFlags(ctx context.Context, by audit.Actor, account string, stolen, banned bool) error {
	return s.changeBy(ctx, by, account, func(tx Tx, now time.Time) error {
		was, err := tx.Account(ctx, account)
		if err != nil {
			return err
		}
		if err := tx.SetFlags(ctx, account, stolen, banned); err != nil {
			return err
		}
		cause := session.ByStolen
		if banned {
			cause = session.ByBan
		}
		if stolen || banned {
			if err := s.Sessions.EndAll(ctx, tx, by, account, "", cause, now); err != nil {
				return err
			}
		}
		if banned && !was.Banned || stolen && !was.Stolen {
			flag := "stolen"
			if banned && !was.Banned {
				flag = "banned"
			}
			if err := inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: account, Kind: signal.AccountFlagged,
				Args: map[string]string{"flag": flag}, CreatedAt: now}); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, by, now, account, "account.flagged",
			map[string]string{"stolen": strconv.FormatBool(stolen), "banned": strconv.FormatBool(banned)})
	})
}
