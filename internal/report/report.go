// Package report counts what happens, day by day. It counts sign-ins, sessions
// that end and why, closures that begin and how they end. The counts are taken
// from the audit log, in its order and each entry once, and hold no account:
// they stay true when the people that they are about are long gone.
package report

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
)

// Figure is something that is counted.
type Figure string

// The figures. Each is split by a detail.
const (
	SignIns       Figure = "sign_ins"       // by kind of device
	SessionsEnded Figure = "sessions_ended" // by cause; an organisation's sign-out counts nobody, and is not in it
	MassSignOuts  Figure = "mass_sign_outs" // sign-outs of a whole organisation, by cause
	Closures      Figure = "closures"       // by what happened to them
	Accounts      Figure = "accounts"       // created
)

// Figures lists all of them, in the order in which they are shown.
func Figures() []Figure { return []Figure{SignIns, SessionsEnded, MassSignOuts, Closures, Accounts} }

// Everywhere stands for an organisation's id in the tallies of the whole
// installation.
const Everywhere = ""

// Tally is a count of one day.
type Tally struct {
	Day          string // ISO 8601, as 2026-11-26, in the service's zone
	Organisation string // or Everywhere
	Figure       Figure
	Detail       string
	N            int64
}

// key is what a tally counts.
type key struct {
	day, organisation string
	figure            Figure
	detail            string
}

// Tx is what this room needs of a transaction.
type Tx interface {
	// AuditEntries is audit.Reader's.
	AuditEntries(ctx context.Context, from int64, limit int) ([]audit.Entry, error)
	TallyTx
}

// TallyTx keeps tallies.
type TallyTx interface {
	// TalliesBehind says whether the audit log has entries that are not counted yet.
	TalliesBehind(ctx context.Context) (bool, error)
	// LockTallies reads the place of the first of them, and lets nobody else count
	// before the commit.
	LockTallies(ctx context.Context) (seq int64, err error)
	SaveTallies(ctx context.Context, next int64, more []Tally) error
	// OrganisationsOf reads the memberships of accounts.
	OrganisationsOf(ctx context.Context, accounts []string) (map[string][]string, error)
	// Ending reads which of these organisations have begun to go for good: nothing
	// is counted for them any more.
	Ending(ctx context.Context, organisations []string) (map[string]bool, error)
	// SaveClosureOrganisations remembers which organisations a closure concerns: at
	// its end the person is in none any more.
	SaveClosureOrganisations(ctx context.Context, closures map[string][]string) error
	ClosureOrganisations(ctx context.Context, closures []string) (map[string][]string, error)
	// Tallies reads those of an organisation, by day, both days included.
	Tallies(ctx context.Context, organisation, from, to string) ([]Tally, error)
}

// Service counts and reads. All fields must be set.
type Service struct {
	InTx func(context.Context, func(Tx) error) error
	View func(context.Context, func(Tx) error) error
	Now  func() time.Time
	Zone *time.Location // in which days begin
}
