package session

import (
	"context"
	"slices"
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
	bounds := s.Limits.on(b.Device.Kind)
	if len(bounds) == 0 {
		return nil
	}
	live, err := tx.LiveHeads(ctx, b.Account, now)
	if err != nil {
		return err
	}
	for _, old := range tooMany(live, bounds) {
		if s.Limits.Refuse {
			return fault.New(fault.Conflict, "session_limit_reached", "max", len(live))
		}
		err := s.End(ctx, tx, Ending{Scope: OneSession, Account: b.Account, Target: old.ID, Cause: ByLimit,
			By: audit.Actor{Kind: audit.KindMember, ID: b.Account}, At: now})
		if err != nil {
			return err
		}
		err = inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: b.Account, Kind: signal.SessionEnded, CreatedAt: now})
		if err != nil {
			return err
		}
	}
	return nil
}

// bound is one limit, as it concerns one sign-in: of the sessions that it counts
// there may be most, the new one among them.
type bound struct {
	most   int
	counts func(Session) bool
}

// on gives the limits that concern a sign-in on a kind of device. Every limit has
// its row here, and nowhere else.
func (l Limits) on(kind string) []bound {
	return slices.DeleteFunc([]bound{
		{l.Account, func(Session) bool { return true }},
		{l.ByKind[kind], func(s Session) bool { return s.Device.Kind == kind }},
	}, func(b bound) bool { return b.most <= 0 })
}

// tooMany gives the sessions, of which the oldest come first, that stand in the
// way of one more.
func tooMany(live []Session, bounds []bound) (out []Session) {
	left := make([]int, len(bounds))
	for i, b := range bounds {
		for _, s := range live {
			if b.counts(s) {
				left[i]++
			}
		}
	}
	for _, s := range live {
		inTheWay := false
		for i, b := range bounds {
			inTheWay = inTheWay || b.counts(s) && left[i] >= b.most
		}
		if !inTheWay {
			continue
		}
		out = append(out, s)
		for i, b := range bounds {
			if b.counts(s) {
				left[i]--
			}
		}
	}
	return out
}
