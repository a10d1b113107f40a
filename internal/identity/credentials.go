package identity

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// The platform's roles, beside those in an organisation.
const (
	Operator = "operator" // runs this installation
	Reviewer = "reviewer" // decides on closures
	Auditor  = "auditor"  // reads everything that proves, changes nothing
)

// Roles lists all of them.
func Roles() []string { return []string{Operator, Reviewer, Auditor} }

// errWrongPassword answers a failed sign-in or proof: one answer for every
// cause, so that nobody learns which names exist.
func errWrongPassword() *fault.Error { return fault.New(fault.Unauthenticated, "credentials_wrong") }

// Proven is a password that was right for an account at one instant. Whoever
// acts on it checks inside the own commit that the hash is still the same.
type Proven struct {
	account string
	hash    string
	At      time.Time
}

// Prove checks a password outside any transaction, for hashing takes long. An
// unknown name takes as long as a known one and is answered alike.
func (s *Service) Prove(ctx context.Context, account, password string) (Proven, error) {
	var phc string
	err := s.View(ctx, func(tx Tx) (err error) {
		phc, err = tx.PasswordHash(ctx, account)
		return err
	})
	if err != nil {
		return Proven{}, err
	}
	ok, err := s.Hasher.Matches(ctx, phc, password)
	if err != nil {
		return Proven{}, err
	}
	if !ok {
		return Proven{}, errWrongPassword()
	}
	return Proven{account: account, hash: phc, At: s.Now()}, nil
}

// StillHolds checks inside a commit that a proof's password is still the
// account's.
func (p Proven) StillHolds(ctx context.Context, tx CredentialTx) error {
	phc, err := tx.PasswordHash(ctx, p.account)
	if err != nil {
		return err
	}
	if phc == "" || phc != p.hash {
		return errWrongPassword()
	}
	return nil
}

// Grant gives an account a role on the platform.
func (s *Service) Grant(ctx context.Context, by audit.Actor, account, role string) error {
	if !slices.Contains(Roles(), role) {
		return fault.Wrong().At("role", "role_unknown")
	}
	return s.change(ctx, by, account, "grant.added", map[string]string{"role": role}, func(tx Tx, now time.Time) error {
		if err := MayBeChanged(ctx, tx, by, account); err != nil {
			return err
		}
		return tx.InsertGrant(ctx, account, role, now)
	})
}

// Revoke takes a role away; the last operator keeps it.
func (s *Service) Revoke(ctx context.Context, by audit.Actor, account, role string) error {
	return s.change(ctx, by, account, "grant.revoked", map[string]string{"role": role}, func(tx Tx, _ time.Time) error {
		if err := tx.LockGrants(ctx, role); err != nil {
			return err
		}
		if err := found(tx.DeleteGrant(ctx, account, role))("grant_not_found"); err != nil {
			return err
		}
		left, err := tx.CountGrants(ctx, role)
		if err == nil && left == 0 && role == Operator {
			err = fault.New(fault.Conflict, "operator_last")
		}
		return err
	})
}

// Grants reads an account's roles on the platform.
func (s *Service) Grants(ctx context.Context, account string) (roles []string, err error) {
	err = s.View(ctx, func(tx Tx) error {
		roles, err = tx.Grants(ctx, account)
		return err
	})
	return roles, err
}
