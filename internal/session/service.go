package session

import (
	"context"
	"io"
	"net/netip"
	"time"

	"github.com/signoff-id/signoff/internal/place"
	"github.com/signoff-id/signoff/internal/work"
)

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
	// Idle is how long a session lives without being seen, by the kind of device;
	// a kind that is missing, or zero: as long as TTL.
	Idle map[string]time.Duration
	// ActivityLag is how late ActiveAt may be written: Flush must be called twice
	// as often.
	ActivityLag time.Duration
	// Window is how long after it was last seen somebody counts as online.
	Window time.Duration
	// Work bounds what apps announce on sessions.
	Work work.Limits
	// MostGrace is the longest grace that an order may give.
	MostGrace time.Duration
	// Limits say how many sessions an account may have at once.
	Limits Limits
	// Approval says which orders need a second person.
	Approval Approval
	// Hash makes the keyed hash of a value of a kind.
	Hash func(kind, value string) []byte
	// Locate says where an address is; nil is nowhere.
	Locate func(netip.Addr) place.Place

	seen activity
}

func (s *Service) observe(scope string, err error) {
	if s.Observe != nil && err == nil {
		s.Observe(scope)
	}
}
