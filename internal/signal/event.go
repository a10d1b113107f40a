package signal

import (
	"context"
	"time"
)

// EventKind says what happened.
type EventKind string

// SessionsEnded says that sessions ended, whatever ended them; receivers know it
// as CAEP session-revoked (OpenID CAEP 1.0, section 3.1).
const SessionsEnded EventKind = "sessions_ended"

// SessionStarted says that somebody signed in; receivers know it as CAEP
// session-established (OpenID CAEP 1.0, section 3.6).
const SessionStarted EventKind = "session_started"

// Event is what programs hear: ids, codes and times, nothing personal.
type Event struct {
	ID           string
	Kind         EventKind
	At           time.Time
	Scope        string // what it is about: session, account, department, organisation
	Account      string // "" where more than one is meant
	Organisation string // "" where none is meant
	Object       string // the session's or department's id, where the scope has one
	App          string // "" for all of them
	Cause        string
	// Initiator is who set it going, as CAEP's initiating_entity says it: admin,
	// user, policy or system.
	Initiator string
}

// EventTx keeps events.
type EventTx interface {
	// PublishEvent stores e in this commit.
	PublishEvent(ctx context.Context, e Event) error
	// EventsSince gives the events at or after an instant, the oldest first.
	EventsSince(ctx context.Context, at time.Time, limit int) ([]Event, error)
	// ForgetEvents deletes the events before an instant.
	ForgetEvents(ctx context.Context, before time.Time) error
}
