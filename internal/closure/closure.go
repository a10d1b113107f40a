package closure

import (
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// Closure is one request to end an account, from the application to the
// certificate.
type Closure struct {
	ID           string
	Account      string
	Pseudonym    string // stands for the person in what is kept and in the certificate
	PolicyDigest string // the version that it began with, and keeps
	State        State
	Version      int64 // counts the saves; a save of an older one fails
	Locale       string
	Successor    string // account that takes over what belongs to an organisation
	StatusHash   []byte // SHA-256 of the private link's token

	RequestedAt  time.Time
	ConfirmedAt  time.Time // the application, 申请注销: what the cooling-off counts from
	ReviewDueAt  time.Time
	ReviewedAt   time.Time
	ReviewedBy   string
	CoolingUntil time.Time
	ErasingAt    time.Time
	DeadlineAt   time.Time // the law's, for the erasure
	OwnErasedAt  time.Time
	OwnItems     []holder.Item // what went of Signoff's own rows
	LastAddress  string        // where the last notice goes; personal, gone at the end
	EndedAt      time.Time
	EndCause     Event
	Reason       string // a reviewer's words; personal
	Certificate  string // its id
	WakeAt       time.Time
}

// Overdue says whether something should have happened by now: a review past
// its working days, or an erasure past the law's deadline.
func (c Closure) Overdue(now time.Time) bool {
	switch c.State {
	case InReview:
		return !now.Before(c.ReviewDueAt)
	case Erasing:
		return !c.DeadlineAt.IsZero() && !now.Before(c.DeadlineAt)
	default:
		return false
	}
}

// CanWithdraw says whether the person may still take the closure back.
func (c Closure) CanWithdraw() bool {
	_, ok := stateAfter(c.State, withdraw, ways{})
	return ok
}

// Happening is one line of a timeline: a closure's, or a dissolution's.
type Happening struct {
	AuditID string
	Event   string
	At      time.Time
	Seq     int64 // in the audit log; -1 while it waits for its number
}

// Ledger is the entry that is written before the first row of a person goes.
type Ledger struct {
	Closure      string
	Account      string
	Pseudonym    string
	PolicyDigest string
	Holders      []string
	WrittenAt    time.Time
}

// The answers of this room.
func errNotFound() *fault.Error { return fault.New(fault.NotFound, "closure_not_found") }

func errState(s State, e Event) *fault.Error {
	return fault.New(fault.Conflict, "closure_state", "state", string(s), "event", string(e))
}
