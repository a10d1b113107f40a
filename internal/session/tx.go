package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/work"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	org.Tx
	signal.EventTx
	SessionTx
	PresenceTx
	CrowdTx
	EndingTx
	work.LeaseTx
}

// EndingTx is everything about sessions that end, at once or later.
type EndingTx interface {
	EndTx
	LapseTx
	OrderTx
	CountTx
	GraceTx
}

// SessionTx keeps sessions.
type SessionTx interface {
	InsertSession(ctx context.Context, s Session, tokenHash []byte) error
	// LiveSessions gives the valid sessions of an account, the newest first.
	LiveSessions(ctx context.Context, account string, now time.Time) ([]Session, error)
	// NewestMark gives the newest mark that holds for an account: its own or one
	// of its organisations'.
	NewestMark(ctx context.Context, account string) (time.Time, error)
	// Session reads one session, ended or not, or answers session_not_found.
	Session(ctx context.Context, id string) (Session, error)
	// SetToken gives a session another token; the one that it had is dead.
	SetToken(ctx context.Context, id string, tokenHash []byte) error
	// SetProof records a new proof of a session's person.
	SetProof(ctx context.Context, id string, p Proof) error
	// LiveHeads gives the valid sessions of an account, the oldest first, without
	// what is personal in them.
	LiveHeads(ctx context.Context, account string, now time.Time) ([]Session, error)
	// DeviceOwner gives the account that is signed in on a device, or "".
	DeviceOwner(ctx context.Context, device string) (account string, err error)
}

// LapseTx ends what ran out.
type LapseTx interface {
	// LeaseDue takes up to limit sessions whose time may have come, leaves them
	// alone until a later instant, and gives those that did run out. The others
	// are due again when their time comes.
	LeaseDue(ctx context.Context, now, until time.Time, limit int) (lapsed []Session, taken int, err error)
	// EndLapsed ends one session that ran out and was not ended before by a mark.
	EndLapsed(ctx context.Context, e Ending) (int, error)
	// EndMarked writes down, for a session that a mark ended, that it has ended.
	EndMarked(ctx context.Context, id string, at time.Time) error
}

// PresenceTx keeps who was seen when.
type PresenceTx interface {
	// RecordActivity writes when sessions were last seen; slot is the stretch of
	// time by whose beginning people are found.
	RecordActivity(ctx context.Context, seen []Seen, slot time.Duration) error
	// Appear notes that somebody is there, in every organisation of the account.
	Appear(ctx context.Context, account string, at time.Time, slot time.Duration) error
	// SeenIn gives accounts that were seen lately in an organisation, in the order
	// of ids, whether or not they are still signed in.
	SeenIn(ctx context.Context, a Among, after string, limit int) ([]string, error)
	// SeenInTree is SeenIn by way of a department's members.
	SeenInTree(ctx context.Context, a Among, after string, limit int) ([]string, error)
	// TreeSize counts the members of a department and of all below it, up to most.
	TreeSize(ctx context.Context, organisation, path string, most int) (int, error)
	// OnlineOf gives who of some accounts is online, in the order of ids.
	OnlineOf(ctx context.Context, a Among, accounts []string) ([]Online, error)
	// EventsAbout gives the events about an organisation and its members since an
	// instant, the oldest first.
	EventsAbout(ctx context.Context, organisation string, since time.Time, limit int) ([]signal.Event, error)
}

// CrowdTx counts who is there.
type CrowdTx interface {
	// CountOnline counts the valid sessions that were used since an instant, and
	// whose they are.
	CountOnline(ctx context.Context, now, since time.Time) (Crowd, error)
}

// EndTx ends sessions. The counts are of sessions that were valid until then.
type EndTx interface {
	EndSession(ctx context.Context, e Ending) (int, error)
	// EndAccount ends all sessions of an account, or those of one app, but the one
	// to be kept.
	EndAccount(ctx context.Context, e Ending) (int, error)
	// EndDepartment ends the sessions of the members of a department and of all
	// below it.
	EndDepartment(ctx context.Context, e Ending) (int, error)
	// RaiseOrganisation raises the organisation's mark: one write, however many
	// sessions there are.
	RaiseOrganisation(ctx context.Context, organisation string, at time.Time) error
	// AffectedBy gives the people whose sessions a department's ending will end.
	AffectedBy(ctx context.Context, e Ending) ([]string, error)
}

// CountTx counts what an ending would end.
type CountTx interface {
	CountAffected(ctx context.Context, e Ending) (Affected, error)
	// AffectsAtLeast says whether it is so many sessions, and counts no further.
	AffectsAtLeast(ctx context.Context, e Ending, n int) (bool, error)
}

// OrderTx keeps the orders that wait for a second person.
type OrderTx interface {
	InsertOrder(ctx context.Context, w Waiting) error
	// Order answers sign_out_order_not_found for an unknown id.
	Order(ctx context.Context, id string) (Waiting, error)
	// Orders gives those of an organisation, of all for "", the newest first.
	Orders(ctx context.Context, organisation, before string, limit int) ([]Waiting, error)
	// DecideOrder moves one that still waits; false where it does not any more.
	DecideOrder(ctx context.Context, id, state, by string, now time.Time) (bool, error)
	ExpireOrders(ctx context.Context, now time.Time) error
	// CountWaiting counts up to most of those that wait in an organisation, in all
	// for "", and were given by others.
	CountWaiting(ctx context.Context, organisation, except string, now time.Time, most int) (int, error)
	// Approvers gives who may decide in an organisation, or among the operators
	// for "", leaving one out.
	Approvers(ctx context.Context, organisation, except string, limit int) ([]string, error)
}
