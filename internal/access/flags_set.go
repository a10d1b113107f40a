package access

import (
	"context"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/session"
)

// SetFlags marks an account as stolen (账号被盗) or banned (账号被封), which ends its
// sessions, or clears the marks, which brings none back.
func (s *Service) SetFlags(ctx context.Context, by audit.Actor, account string, stolen, banned bool) error {
	return s.changeBy(ctx, by, account, func(tx Tx, now time.Time) error {
		if err := tx.SetFlags(ctx, account, stolen, banned); err != nil {
			return err
		}
		cause := session.ByStolen
		if banned {
			cause = session.ByBan
		}
		if stolen || banned {
			if _, err := s.Sessions.EndAll(ctx, tx, by, account, "", cause, now); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, by, now, account, "account.flagged",
			map[string]string{"stolen": strconv.FormatBool(stolen), "banned": strconv.FormatBool(banned)})
	})
}
