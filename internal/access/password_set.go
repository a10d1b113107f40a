package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// SetPassword gives an account a password, by an operator's hand, and ends all
// its sessions: whoever knew the old one is out.
func (s *Service) SetPassword(ctx context.Context, by audit.Actor, account, password string) error {
	phc, err := s.newHash(ctx, account, password)
	if err != nil {
		return err
	}
	return s.changeBy(ctx, by, account, func(tx Tx, now time.Time) error {
		return s.replacePassword(ctx, tx, by, account, phc, replacing{}, now)
	})
}

// newHash holds a new password against the rules and hashes it, outside any
// transaction.
func (s *Service) newHash(ctx context.Context, account, password string) (string, error) {
	if err := s.Accounts.Rules.Check(password); err != nil { // before anything is looked up
		return "", err
	}
	a, err := s.Accounts.Get(ctx, account)
	if err != nil {
		return "", err
	}
	if err := s.Accounts.Rules.Check(password, a.Words()...); err != nil {
		return "", err
	}
	return s.Accounts.Hasher.Hash(ctx, password)
}

// replacing says which sessions outlive a change of the password.
type replacing struct {
	except string // one session's id
	keep   bool   // all of them
}

// replacePassword is the one way in which a password changes: the new hash,
// sessions ended, everything that waits for the account's word ended with them
// (half sign-ins, codes, links), the person told, the audit entry.
func (s *Service) replacePassword(ctx context.Context, tx Tx, by audit.Actor, account, phc string, r replacing, now time.Time) error {
	if err := tx.SetPasswordHash(ctx, account, phc, now); err != nil {
		return err
	}
	if err := tx.EndSteps(ctx, account); err != nil {
		return err
	}
	if err := onetime.Revoke(ctx, tx, account, now); err != nil {
		return err
	}
	if !r.keep {
		if err := s.Sessions.EndAll(ctx, tx, by, account, r.except, session.ByPassword, now); err != nil {
			return err
		}
	}
	if err := s.note(ctx, tx, by, now, account, "password.set", nil); err != nil {
		return err
	}
	return s.inform(ctx, tx, account, signal.PasswordChanged, nil, now)
}

// oldPassword gives since when a password is what it is, when that is long ago.
// NIST SP 800-63B-4, section 3.1.1.2, has nobody forced to change it: the person
// is reminded, and decides.
func (s *Service) oldPassword(ctx context.Context, tx identity.CredentialTx, account string, now time.Time) (time.Time, error) {
	if s.PasswordAge <= 0 {
		return time.Time{}, nil
	}
	since, err := tx.PasswordSince(ctx, account)
	if err != nil || since.IsZero() || now.Sub(since) < s.PasswordAge {
		return time.Time{}, err
	}
	return since, nil
}

// PasswordSince gives when the password was set, the zero time where there is
// none.
func (s *Service) PasswordSince(ctx context.Context, account string) (since time.Time, err error) {
	err = s.View(ctx, func(tx Tx) error {
		since, err = tx.PasswordSince(ctx, account)
		return err
	})
	return since, err
}

// OldPassword is oldPassword for the own account's page.
func (s *Service) OldPassword(ctx context.Context, account string) (since time.Time, err error) {
	err = s.View(ctx, func(tx Tx) error {
		since, err = s.oldPassword(ctx, tx, account, s.Now())
		return err
	})
	return since, err
}
