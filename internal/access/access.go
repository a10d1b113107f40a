// Package access is the door to an account. It says by which proof somebody gets
// in, and what shuts the door again. It stands above sessions and closures,
// because a sign-in can withdraw a closure, and because a new password, a flag or
// the end of a membership ends sessions in the same commit.
package access

import (
	"context"
	"io"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/throttle"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	closure.Tx
	PauseTx
	onetime.Tx
	throttle.Tx
	FactorTx
	RecoveryTx
	PasskeyTx
	StepTx
}

// Service is what people and programs do to get in, and to shut others out.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string
	Rand  io.Reader
	// Hash is the installation's keyed hash.
	Hash func(kind, value string) []byte

	Accounts *identity.Service
	Orgs     *org.Service
	Sessions *session.Service
	Closures *closure.Service
	Codes    *onetime.Service
	// ResumeLink turns the token that ends a pause into the link that a person
	// opens.
	ResumeLink func(token string) string
	Guesses    *throttle.Service
	Passkeys   *Passkeys
	// ProofAge is how old a proof of identity may be for what needs a fresh one.
	ProofAge time.Duration
	// PasswordAge is after how long people are reminded that their password is
	// old; zero is never.
	PasswordAge time.Duration
	// Open says whether people may register by themselves.
	Open bool
	// Issuer is what authenticator apps call this installation.
	Issuer string
	// ResetLink turns a token into the link that a person opens.
	ResetLink func(token string) string
	// RegisterLink does the same for a registration.
	RegisterLink func(token string) string
}

// change runs fn in a transaction that holds the lock of an active account.
func (s *Service) change(ctx context.Context, account string, fn func(tx Tx, now time.Time) error) error {
	return s.changeBy(ctx, member(account), account, fn)
}

// changeBy is change for those who may also change a paused account.
func (s *Service) changeBy(ctx context.Context, by audit.Actor, account string, fn func(tx Tx, now time.Time) error) error {
	return s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		if err := identity.MayBeChanged(ctx, tx, by, account); err != nil {
			return err
		}
		return fn(tx, s.Now())
	})
}

// note appends an audit entry about an account.
func (s *Service) note(ctx context.Context, tx Tx, by audit.Actor, at time.Time, account, action string, data map[string]string) error {
	return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: at, Actor: by, Action: action, Account: account, Data: data})
}

// noteAndTell appends an audit entry about an account, and puts a notice to it into the
// same commit.
func (s *Service) noteAndTell(ctx context.Context, tx Tx, by audit.Actor, at time.Time, account, notice, action string) error {
	if err := s.note(ctx, tx, by, at, account, action, nil); err != nil {
		return err
	}
	return inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: account, Kind: notice, CreatedAt: at})
}

// inform puts a notice to the account's person into the commit.
func (s *Service) inform(ctx context.Context, tx Tx, account, kind string, args map[string]string, now time.Time) error {
	return inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: account, Kind: kind, Args: args, CreatedAt: now})
}

func member(account string) audit.Actor { return audit.Actor{Kind: audit.KindMember, ID: account} }
