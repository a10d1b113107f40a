package session

import (
	"context"
	"io"
	"time"

	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/signal"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	org.Tx
	signal.EventTx
	SessionTx
	EndTx
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
	// SetProof records a new proof of a session's person.
	SetProof(ctx context.Context, id string, p Proof) error
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
	// AffectedBy gives the members of a department and of all below it who have a
	// valid session.
	AffectedBy(ctx context.Context, organisation, path string, now time.Time) ([]string, error)
}

// Live looks sessions up outside any transaction.
type Live interface {
	// LiveSession gives the valid session with the token's hash, or answers
	// session_not_valid.
	LiveSession(ctx context.Context, tokenHash []byte, now time.Time) (Session, error)
}

// Service is what people and programs do with sessions.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Live  Live
	Now   func() time.Time
	NewID func() string
	Rand  io.Reader
	// Observe is told the scope of every sign-out that was done; nil is nobody.
	Observe func(scope string)
	// TTL is how long a session lives when nothing ends it.
	TTL time.Duration
}
