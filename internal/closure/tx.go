package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/workday"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	session.Tx
	ClosureTx
	ListTx
	ReviewTx
	DueTx
	PartTx
	EndTx
	PolicyTx
}

// ClosureTx keeps closures.
type ClosureTx interface {
	// InsertClosure answers closure_open when the account has one already.
	InsertClosure(ctx context.Context, c Closure) error
	// SaveClosure writes the version after c.Version, or answers closure_changed.
	SaveClosure(ctx context.Context, c Closure) error
	// Closure answers closure_not_found for an unknown id.
	Closure(ctx context.Context, id string) (Closure, error)
	// OpenClosure gives the account's closure that has not ended, or the zero one.
	OpenClosure(ctx context.Context, account string) (Closure, error)
	// ClosureByStatus finds a closure by its private link's hash.
	ClosureByStatus(ctx context.Context, hash []byte) (Closure, error)
	AddHappening(ctx context.Context, closure string, h Happening) error
	Happenings(ctx context.Context, closure string) ([]Happening, error)
}

// ListTx reads many closures.
type ListTx interface {
	Closures(ctx context.Context, f Filter) ([]Closure, error)
	// DueClosures gives up to limit closures whose time to wake has come, and
	// puts their next waking off until then.
	DueClosures(ctx context.Context, now, again time.Time, limit int) ([]string, error)
	CountClosures(ctx context.Context) (map[State]int, error)
	// WakeClosure adds the job that steps a closure to this commit.
	WakeClosure(ctx context.Context, closure string) error
}

// Filter chooses closures, in the order of their ids.
type Filter struct {
	State   State  // "" for all
	Account string // "" for all
	After   string
	Limit   int
}

// PartTx gives the data holders' parts of closures.
type PartTx interface {
	ClosureParts() erasure.Tx
}

// EndTx does what happens at the end.
type EndTx interface {
	// LeaveBrowsers takes an account off every browser's list of accounts.
	LeaveBrowsers(ctx context.Context, account string) error
	InsertLedger(ctx context.Context, l Ledger) error
	CompleteLedger(ctx context.Context, closure string, at time.Time) error
	// EraseAccount deletes all rows of an account but its id and this closure,
	// reserves its identifiers until free (never: for ever), and counts what went.
	EraseAccount(ctx context.Context, account, closure string, free time.Time, never bool) ([]holder.Item, error)
	InsertCertificate(ctx context.Context, id, closure string, file []byte, at time.Time) error
	Certificate(ctx context.Context, closure string) ([]byte, error)
}

// PolicyTx keeps the policies and calendars that were ever installed.
type PolicyTx interface {
	// InsertPolicy keeps a version for ever. The same one again is nothing new;
	// another text under the same name and version answers policy_version_exists.
	InsertPolicy(ctx context.Context, p *policy.Policy, at time.Time) (fresh bool, err error)
	PolicySource(ctx context.Context, digest string) ([]byte, error)
	// PolicyDigest gives the newest version of a name, or policy_not_found.
	PolicyDigest(ctx context.Context, name string) (string, error)
	PolicyDigests(ctx context.Context) ([]string, error)
	// PutCalendarYear keeps a year; the same text again is nothing new.
	PutCalendarYear(ctx context.Context, y workday.Year, source []byte, at time.Time) (fresh bool, err error)
	CalendarYears(ctx context.Context) ([][]byte, error)
}

var _ session.Tx = Tx(nil)
