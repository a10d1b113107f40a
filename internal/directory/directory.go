// Package directory exchanges people with other systems in bulk. It imports
// address books, a Keycloak realm and another Signoff, and exports for another
// Signoff. One import is all or nothing, finds again whom it brought before,
// and leaves alone whoever it may not touch.
package directory

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/org"
)

// Tx is what this room needs of a transaction. Every method takes a batch: one
// statement for hundreds of people.
type Tx interface {
	FindTx
	BringTx
	org.OrganisationTx
	org.MemberTx
	org.OwnerTx
	inbox.Tx
	// AppendAuditBatch is AppendAudit for many entries.
	AppendAuditBatch(ctx context.Context, entries []audit.Entry) error
}

// FindTx finds people again.
type FindTx interface {
	// Holders gives the accounts that have these names; free names are left out.
	Holders(ctx context.Context, names []identity.Identifier) (map[identity.Identifier]string, error)
	// Reserved gives those names of closed accounts whose delay is not over.
	Reserved(ctx context.Context, names []identity.Identifier, now time.Time) (map[identity.Identifier]bool, error)
	// Keyed gives the accounts that a source's own keys stand for in an
	// organisation, "" for none.
	Keyed(ctx context.Context, organisation, source string, keys []string) (map[string]string, error)
	// Standings reads accounts, and their places in an organisation.
	Standings(ctx context.Context, organisation string, accounts []string) (map[string]Standing, error)
	// LockAccounts is LockAccount for many.
	LockAccounts(ctx context.Context, accounts []string) error
}

// BringTx writes people.
type BringTx interface {
	InsertPeople(ctx context.Context, people []Newcomer) error
	// InsertNames says how many of the names were free and not reserved.
	InsertNames(ctx context.Context, names []Held, now time.Time) (int, error)
	Rename(ctx context.Context, names map[string]string) error
	PutKeys(ctx context.Context, organisation, source string, keys map[string]string, now time.Time) error
	// Join adds members; who is one already stays as it is.
	Join(ctx context.Context, members []org.Member) error
	Move(ctx context.Context, organisation string, departments map[string]string) error
}

// Standing is what an import must know of an account that is there already.
type Standing struct {
	Account    string
	State      identity.State
	Blocked    bool // stolen or banned
	Closing    bool // a closure has been confirmed and not ended
	Name       string
	Member     bool // of the organisation that was asked about
	Department string
	Role       string
}

// Newcomer is an account to be made.
type Newcomer struct {
	Account  identity.Account
	Password string // the PHC string of its hash, or ""
}

// Held is a name and the account that is to have it.
type Held struct {
	Account  string
	Name     identity.Identifier
	Verified bool // known to be the person's own
}

// Service imports and exports.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string
	// Picture reads one unchanging picture, however long that takes.
	Picture func(context.Context, func(ExportTx) error) error
	// Issuer names this installation in an export.
	Issuer string
}

// Options say what an import is to do.
type Options struct {
	// Organisation that the people become members of; "" for none.
	Organisation string
	// DryRun reports what would happen and writes nothing.
	DryRun bool
	// SkipRefused takes the other rows when some are refused. Without it nothing
	// is written then.
	SkipRefused bool
	// Invite tells those who get an account.
	Invite bool
	// Verified says that whoever imports knows the names of new accounts to be the
	// persons' own: codes and links go to verified ones only. Operators only.
	Verified bool
	// Digest of the file, for the audit log; hex.
	Digest string
	// Progress is told how far an import is, if set; total is 0 while unknown.
	Progress func(done, total int)
}
