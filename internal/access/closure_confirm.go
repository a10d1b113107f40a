package access

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/throttle"
)

// inPolicies says what closure policies call the methods of a proof.
var inPolicies = map[string]string{MethodPassword: "password", MethodHardware: "passkey", MethodSoftware: "passkey",
	MethodCode: "one_time_code", MethodMail: "one_time_code"}

// ConfirmClosure proves the person's identity and begins the closure. The proof
// is the password, given here, or the last one that the person gave on this
// session after it began: signing in is not enough, a stolen session could close
// the account.
func (s *Service) ConfirmClosure(ctx context.Context, on session.Session, id, password string, address netip.Addr) (closure.Confirmed, error) {
	return s.confirmClosure(ctx, s.Closures.Confirm, on, id, password, address)
}

// ConfirmClosureAnyway is ConfirmClosure whatever work apps have in hand.
func (s *Service) ConfirmClosureAnyway(ctx context.Context, on session.Session, id, password string, address netip.Addr) (closure.Confirmed, error) {
	return s.confirmClosure(ctx, s.Closures.ConfirmAnyway, on, id, password, address)
}

type confirming func(ctx context.Context, account, closure string, prove closure.Prover) (closure.Confirmed, error)

func (s *Service) confirmClosure(ctx context.Context, confirm confirming, on session.Session, id, password string, address netip.Addr) (out closure.Confirmed, err error) {
	if password == "" {
		return confirm(ctx, on.Account, id, s.lastProof(on))
	}
	try := throttle.Try{Account: on.Account, Session: on.ID, Address: address}
	err = s.Guesses.Guard(ctx, try, func() error {
		proved, err := s.Accounts.Prove(ctx, on.Account, password)
		if err != nil {
			return err
		}
		out, err = confirm(ctx, on.Account, id, func(ctx context.Context, tx closure.Tx, _ time.Time) (closure.Proof, error) {
			proof := closure.Proof{At: proved.At, Methods: []string{inPolicies[MethodPassword]}}
			return proof, proved.StillHolds(ctx, tx)
		})
		return err
	})
	return out, err
}

// lastProof reads the session again: it may have ended a moment ago.
func (s *Service) lastProof(on session.Session) closure.Prover {
	return func(ctx context.Context, tx closure.Tx, now time.Time) (closure.Proof, error) {
		is, err := tx.Session(ctx, on.ID)
		if err != nil {
			return closure.Proof{}, err
		}
		if is.Account != on.Account || !is.EndedAt.IsZero() {
			return closure.Proof{}, session.ErrNotValid()
		}
		if !is.Proof.At.After(is.CreatedAt) || !is.Proof.Fresh(now, s.ProofAge) {
			return closure.Proof{}, errProof(s.ProofAge)
		}
		return inWords(is.Proof), nil
	}
}

// inWords puts a proof into the words of policies.
func inWords(p session.Proof) closure.Proof {
	out := closure.Proof{At: p.At}
	for _, m := range p.Methods {
		if name := inPolicies[m]; name != "" && !slices.Contains(out.Methods, name) {
			out.Methods = append(out.Methods, name)
		}
	}
	return out
}

// HasProvedFor says whether the last proof on a session would confirm a closure
// at this moment under a policy that takes these methods, in its own words, and
// proofs of at most that age: then a page need not ask for another one.
func (s *Service) HasProvedFor(on session.Session, methods []string, maxAge time.Duration) bool {
	now := s.Now()
	if !on.Proof.At.After(on.CreatedAt) || !on.Proof.Fresh(now, s.ProofAge) || now.Sub(on.Proof.At) > maxAge {
		return false
	}
	return slices.ContainsFunc(inWords(on.Proof).Methods, func(m string) bool { return slices.Contains(methods, m) })
}
