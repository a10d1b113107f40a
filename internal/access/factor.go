package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// The kinds of factors.
const (
	TOTP     = "totp"    // an app that makes codes (RFC 6238)
	Passkey  = "passkey" // a WebAuthn credential
	Recovery = "recovery_codes"
)

// Factor is something that a person has, beside the password.
type Factor struct {
	ID          string
	Account     string
	Kind        string
	Name        string // what the person calls it; personal
	Secret      string // the seed of the codes, or the passkey's record
	Credential  []byte // a passkey's id, as a keyed hash
	LastStep    int64  // the time step of the last code that was taken: a code counts once
	CreatedAt   time.Time
	ConfirmedAt time.Time // zero: it never worked yet, and counts for nothing
	UsedAt      time.Time // zero: never
}

// FactorTx keeps factors.
type FactorTx interface {
	InsertFactor(ctx context.Context, f Factor) error
	// Factors reads an account's factors, the oldest first.
	Factors(ctx context.Context, account string) ([]Factor, error)
	// ConfirmFactor makes a factor count from now on.
	ConfirmFactor(ctx context.Context, id string, at time.Time) error
	// UseCode takes a code's time step, and says no when that step or a later one
	// was taken before.
	UseCode(ctx context.Context, id string, step int64, at time.Time) (bool, error)
	// SavePasskey keeps a passkey's record after its use.
	SavePasskey(ctx context.Context, account, id, record string, at time.Time) error
	RenameFactor(ctx context.Context, account, id, name string) (found bool, err error)
	DeleteFactor(ctx context.Context, account, id string) (found bool, err error)
}

// maxFactors bounds how many factors an account has.
const maxFactors = 20

// confirmed gives the factors that count.
func confirmed(ctx context.Context, tx Tx, account string) (all []Factor, err error) {
	factors, err := tx.Factors(ctx, account)
	for _, f := range factors {
		if !f.ConfirmedAt.IsZero() {
			all = append(all, f)
		}
	}
	return all, err
}

// FactorList is what an account has beside its password.
type FactorList struct {
	Factors       []Factor
	RecoveryCodes int // that are left
}

// Factors lists what an account has beside its password.
func (s *Service) Factors(ctx context.Context, account string) (out FactorList, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if _, err := tx.Account(ctx, account); err != nil {
			return err
		}
		if out.Factors, err = confirmed(ctx, tx, account); err != nil {
			return err
		}
		out.RecoveryCodes, err = tx.CountRecoveryCodes(ctx, account)
		return err
	})
	return out, err
}

// factorChanged is what every change of factors has in common: other sessions
// and everything half done end, the person is told, the audit log says it.
func (s *Service) factorChanged(ctx context.Context, tx Tx, by audit.Actor, account, except, notice, kind string, now time.Time) error {
	if err := s.Sessions.EndAll(ctx, tx, by, account, except, session.ByFactor, now); err != nil {
		return err
	}
	action := "factor.added"
	if notice == signal.FactorRemoved {
		action = "factor.removed"
	}
	if err := s.note(ctx, tx, by, now, account, action, map[string]string{"kind": kind}); err != nil {
		return err
	}
	return s.inform(ctx, tx, account, notice, map[string]string{"factor": kind}, now)
}

func errNoFactor() error { return fault.New(fault.NotFound, "factor_not_found") }

// checkFactorName bounds what a person calls a factor.
func checkFactorName(name string) error {
	if len([]rune(name)) > 100 {
		return fault.Wrong().At("name", "name_too_long", "max", 100)
	}
	return nil
}
