package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/throttle"
)

// PasswordChange is what a person asks for.
type PasswordChange struct {
	Old          string // "" where a fresh proof on the session stands in for it
	New          string
	KeepSessions bool // on other devices; by default they end
}

// ChangePassword gives the own account another password, and the session on which
// it is asked for another token: an old one that somebody has is worth nothing.
func (s *Service) ChangePassword(ctx context.Context, on session.Session, in PasswordChange) (token string, err error) {
	var proved identity.Proven
	if in.Old == "" {
		if err := s.MustBeFresh(on); err != nil {
			return "", err
		}
	}
	try := throttle.Try{Account: on.Account, Session: on.ID}
	err = s.Guesses.Guard(ctx, try, func() error {
		if in.Old != "" {
			if proved, err = s.Accounts.Prove(ctx, on.Account, in.Old); err != nil {
				return err
			}
		}
		phc, err := s.newHash(ctx, on.Account, in.New)
		if err != nil {
			return err
		}
		return s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
			if err := s.Guesses.Allow(ctx, tx, try); err != nil {
				return err
			}
			if in.Old != "" {
				if err := proved.StillHolds(ctx, tx); err != nil {
					return err
				}
			}
			if err := stillLives(ctx, tx, on); err != nil {
				return err
			}
			if token, err = s.Sessions.Rotate(ctx, tx, on.ID); err != nil {
				return err
			}
			return s.replacePassword(ctx, tx, member(on.Account), on.Account, phc, replacing{except: on.ID, keep: in.KeepSessions}, now)
		})
	})
	return token, err
}
