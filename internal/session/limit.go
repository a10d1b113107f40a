package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
)

// Limits say how many valid sessions an account may have at once; zero is any
// number.
type Limits struct {
	Account int
	ByKind  map[string]int // by kind of device
	// Refuse turns a sign-in beyond a limit away. Otherwise the oldest sessions
	// make room for it.
	Refuse bool
}

// makeRoom holds the limits at a sign-in. The caller holds the account's lock,
// so of any number of sign-ins at once each sees those before it.
func (s *Service) makeRoom(ctx context.Context, tx Tx, b Beginning, now time.Time) error {
	ofKind := s.Limits.ByKind[b.Device.Kind]
	if s.Limits.Account <= 0 && ofKind <= 0 {
		return nil
	}
	live, err := tx.LiveHeads(ctx, b.Account, now)
	if err != nil {
		return err
	}
	for _, old := range s.Limits.tooMany(live, b.Device.Kind) {
		if s.Limits.Refuse {
			return fault.New(fault.Conflict, "session_limit_reached", "max", len(live))
		}
		_, err := s.End(ctx, tx, Ending{Scope: OneSession, Account: b.Account, Target: old.ID, Cause: ByLimit,
			By: audit.Actor{Kind: audit.KindMember, ID: b.Account}, At: now})
		if err != nil {
			return err
		}
		err = inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: b.Account, Kind: signal.SessionEnded,
			Args: map[string]string{"cause": string(ByLimit)}, CreatedAt: now})
		if err != nil {
			return err
		}
	}
	return nil
}

// tooMany gives the sessions, the oldest first, that stand in the way of one
// more on a kind of device.
func (l Limits) tooMany(live []Session, kind string) (out []Session) {
	left := len(live)
	same := 0
	for _, s := range live {
		if s.Device.Kind == kind {
			same++
		}
	}
	ofKind := l.ByKind[kind]
	for _, s := range live {
		over := l.Account > 0 && left >= l.Account
		overKind := ofKind > 0 && same >= ofKind && s.Device.Kind == kind
		if !over && !overKind {
			continue
		}
		out = append(out, s)
		if left--; s.Device.Kind == kind {
			same--
		}
	}
	return out
}
