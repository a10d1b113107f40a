package identity

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/signal"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	audit.Tx
	inbox.Tx
	signal.TrailTx
	AccountTx
	IdentifierTx
	CredentialTx
	HindranceTx
	onetime.CodeTx
}

// AccountTx keeps accounts.
type AccountTx interface {
	InsertAccount(ctx context.Context, a Account) error
	// LockAccount makes every other transaction that changes a fact of the
	// account wait for this one. It answers account_not_found for an unknown id.
	LockAccount(ctx context.Context, id string) error
	// Account reads an account with its identifiers, or answers account_not_found.
	Account(ctx context.Context, id string) (Account, error)
	Accounts(ctx context.Context, f Filter) ([]Account, error)
	SetFlags(ctx context.Context, id string, stolen, banned bool) error
	SetAccountState(ctx context.Context, id string, s State, at time.Time) error
}

// IdentifierTx keeps identifiers and what closed accounts were called.
type IdentifierTx interface {
	// InsertIdentifier answers identifier_taken for a name in use and
	// identifier_reserved for a closed account's whose delay is not over.
	InsertIdentifier(ctx context.Context, account string, id Identifier, now time.Time) error
	DeleteIdentifier(ctx context.Context, account string, id Identifier) (found bool, err error)
	// VerifyIdentifier notes that an account's name was shown to be its own.
	VerifyIdentifier(ctx context.Context, account string, id Identifier, at time.Time) (found bool, err error)
	// IdentifierFree says whether no closed account holds the name back.
	IdentifierFree(ctx context.Context, id Identifier, now time.Time) (bool, error)
	// AccountByIdentifier gives the account's id, or "" for nobody.
	AccountByIdentifier(ctx context.Context, id Identifier) (string, error)
}

// CredentialTx keeps secrets' hashes and the platform's roles.
type CredentialTx interface {
	// PasswordHash gives the PHC string, or "" for an account without one.
	PasswordHash(ctx context.Context, account string) (string, error)
	// PasswordSince gives when the password was set, or the zero time.
	PasswordSince(ctx context.Context, account string) (time.Time, error)
	SetPasswordHash(ctx context.Context, account, phc string, at time.Time) error
	Grants(ctx context.Context, account string) ([]string, error)
	InsertGrant(ctx context.Context, account, role string, at time.Time) error
	DeleteGrant(ctx context.Context, account, role string) (found bool, err error)
	// LockGrants makes every other transaction that counts on who has a role
	// wait for this one.
	LockGrants(ctx context.Context, role string) error
	CountGrants(ctx context.Context, role string) (int, error)
}

// HindranceTx keeps what stands in the way of a closure on the account's side.
type HindranceTx interface {
	InsertBinding(ctx context.Context, b Binding) error
	DeleteBinding(ctx context.Context, account, id string) (found bool, err error)
	Bindings(ctx context.Context, account string) ([]Binding, error)
	InsertArrear(ctx context.Context, a Arrear) error
	SettleArrear(ctx context.Context, account, id string, at time.Time) (found bool, err error)
	Arrears(ctx context.Context, account string) ([]Arrear, error)
}

// Service is what people and programs do with accounts.
type Service struct {
	InTx   func(context.Context, func(Tx) error) error
	View   func(context.Context, func(Tx) error) error
	Now    func() time.Time
	NewID  func() string
	Hasher *Hasher
	Rules  PasswordRules
}

// change runs fn in a transaction that holds the account's lock and appends the
// audit entry when fn agrees.
func (s *Service) change(ctx context.Context, by audit.Actor, account, action string, data map[string]string, fn func(tx Tx, now time.Time) error) error {
	return s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		now := s.Now()
		if err := fn(tx, now); err != nil {
			return err
		}
		return tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: by, Action: action, Account: account, Data: data})
	})
}
