package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
)

// SetPassword gives an account a password, by an operator's hand, and ends all
// its sessions: whoever knew the old one is out.
func (s *Service) SetPassword(ctx context.Context, by audit.Actor, account, password string) error {
	if err := identity.CheckPassword(password); err != nil {
		return err
	}
	phc, err := s.Accounts.Hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.changeBy(ctx, by, account, func(tx Tx, now time.Time) error {
		return s.replacePassword(ctx, tx, by, account, phc, "", now)
	})
}

// replacePassword is the one way in which a password changes: the new hash,
// every session but the one to be kept ended, the audit entry.
func (s *Service) replacePassword(ctx context.Context, tx Tx, by audit.Actor, account, phc, except string, now time.Time) error {
	if err := tx.SetPasswordHash(ctx, account, phc, now); err != nil {
		return err
	}
	if _, err := s.Sessions.EndAll(ctx, tx, by, account, except, session.ByPassword, now); err != nil {
		return err
	}
	return s.note(ctx, tx, by, now, account, "password.set", nil)
}
