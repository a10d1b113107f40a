package access

import (
	"context"
	"net/netip"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/throttle"
)

// ConfirmClosure proves the person's identity and begins the closure, as
// closure.Confirm does: by the password, given here and counted as a guess, or,
// where it is left out, by the last proof on this session.
func (s *Service) ConfirmClosure(ctx context.Context, on session.Session, id, password string, address netip.Addr) (closure.Confirmed, error) {
	return s.confirmClosure(ctx, s.lastProof(on), id, password, address)
}

// ConfirmClosureAnyway is ConfirmClosure whatever work apps have in hand.
func (s *Service) ConfirmClosureAnyway(ctx context.Context, on session.Session, id, password string, address netip.Addr) (closure.Confirmed, error) {
	how := s.lastProof(on)
	how.Force = true
	return s.confirmClosure(ctx, how, id, password, address)
}

func (s *Service) confirmClosure(ctx context.Context, how closure.Proof, id, password string, address netip.Addr) (out closure.Confirmed, err error) {
	on := how.Session
	if password == "" {
		return s.Closures.Confirm(ctx, on.Account, id, how)
	}
	err = s.Guesses.Guard(ctx, throttle.Try{Account: on.Account, Session: on.ID, Address: address}, func() error {
		proved, err := s.Accounts.Prove(ctx, on.Account, password)
		if err != nil {
			return err
		}
		how.Password = &proved
		out, err = s.Closures.Confirm(ctx, on.Account, id, how)
		return err
	})
	return out, err
}

func (s *Service) lastProof(on session.Session) closure.Proof {
	return closure.Proof{Session: on, MaxAge: s.ProofAge}
}

// HasProvedFor says whether the last proof on a session would confirm a closure
// at this moment: then a page need not ask for another one.
func (s *Service) HasProvedFor(on session.Session, c closure.View) bool {
	return s.lastProof(on).Suffices(c, s.Now())
}
