package dissolution

import (
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// Kind is the procedure, which decides how long the public notice stands.
type Kind string

// The kinds.
const (
	General Kind = "general" // 一般注销
	Simple  Kind = "simple"  // 简易注销
)

// Days gives the days for which a notice of the kind stands: 45 for a general
// cancellation (一般注销公告), 20 for a simple one (简易注销公告).
func (k Kind) Days() int {
	switch k {
	case General:
		return 45
	case Simple:
		return 20
	default:
		return 0
	}
}

// zone is where notices are published and their days end.
var zone = time.FixedZone("UTC+8", 8*60*60)

// until gives the end of a notice that was published on a day: the day itself
// does not count, and the last one counts to its midnight (Civil Code of China,
// articles 201 and 203).
func (k Kind) until(published time.Time) time.Time {
	y, m, d := published.Date()
	return time.Date(y, m, d+k.Days()+1, 0, 0, 0, 0, zone)
}

// Dissolution is the end of one organisation, from its start to the certificate.
type Dissolution struct {
	ID           string
	Organisation string
	Pseudonym    string // stands for the organisation in what is kept and in the certificate
	Kind         Kind
	State        State
	Version      int64  // counts the saves; a save of an older one fails
	Successor    string // organisation that takes over, or ""
	StartedBy    string
	StartedAt    time.Time

	Notice Notice
	// EndsAt is when the notice is over. While an objection is open it stands
	// still, and Remaining is what was left of it.
	EndsAt     time.Time
	ObjectedAt time.Time
	Remaining  time.Duration

	ToldTo      string // the last member who was told of the notice, by id
	Released    int64  // members whose membership ended
	ReleasingAt time.Time
	ErasingAt   time.Time
	DeadlineAt  time.Time // the law's, for the erasure
	OwnErasedAt time.Time
	OwnItems    []holder.Item
	EndedAt     time.Time
	EndCause    Event
	Certificate string // its id
	WakeAt      time.Time
}

// Notice is the public notice.
type Notice struct {
	Published string // the day, as 2006-01-02
	Media     string // where: the system or the paper
	Reference string // 公告编号; by it anybody can object
}

// Overdue says whether the erasure is past the law's deadline.
func (d Dissolution) Overdue(now time.Time) bool {
	return d.State == Erasing && !d.DeadlineAt.IsZero() && !now.Before(d.DeadlineAt)
}

// Ledger is the entry that is written before the first row of an organisation
// goes.
type Ledger struct {
	Dissolution  string
	Organisation string
	Pseudonym    string
	Holders      []string
	WrittenAt    time.Time
}

// ErrNotFound answers for a dissolution that is not there, or not for the caller
// to know of.
func ErrNotFound() *fault.Error { return fault.New(fault.NotFound, "dissolution_not_found") }

func errState(s State, e Event) *fault.Error {
	return fault.New(fault.Conflict, "dissolution_state", "state", string(s), "event", string(e))
}
