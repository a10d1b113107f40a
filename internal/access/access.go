// Package access says who gets in, by which proof, and what shuts the door
// again. It stands above sessions and closures, because a sign-in can withdraw
// a closure, and because a new password, a flag or the end of a membership ends
// sessions in the same commit.
package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	closure.Tx
	PauseTx
	onetime.Tx
}

// Service is what people and programs do to get in, and to shut others out.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string

	Accounts *identity.Service
	Orgs     *org.Service
	Sessions *session.Service
	Closures *closure.Service
	Codes    *onetime.Service
	// ResumeLink turns the token that ends a pause into the link that a person
	// opens.
	ResumeLink func(token string) string
	// ProofAge is how old a proof of identity may be for what needs a fresh one.
	ProofAge time.Duration
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

func member(account string) audit.Actor { return audit.Actor{Kind: audit.KindMember, ID: account} }
