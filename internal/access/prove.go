package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/throttle"
)

// Prove shows once more, on a running session, who the person is: what needs a
// fresh proof may then be done for ProofAge.
func (s *Service) Prove(ctx context.Context, on session.Session, a Answer) (proof session.Proof, err error) {
	if err := a.check("password", "code", "recovery_code", "mailed_code", "passkey"); err != nil {
		return proof, err
	}
	err = s.Guesses.Guard(ctx, throttle.Try{Account: on.Account, Session: on.ID}, func() error {
		switch {
		case a.Password != "":
			proof, err = s.proveByPassword(ctx, on, a.Password)
		case a.MailedCode != "":
			proof, err = s.proveByMail(ctx, on, a.MailedCode)
		default:
			proof, err = s.proveByFactor(ctx, on, a)
		}
		return err
	})
	return proof, err
}

func (s *Service) proveByPassword(ctx context.Context, on session.Session, password string) (session.Proof, error) {
	proved, err := s.Accounts.Prove(ctx, on.Account, password)
	if err != nil {
		return session.Proof{}, err
	}
	proof := session.Proof{At: proved.At, Methods: []string{session.MethodPassword}}
	return proof, s.change(ctx, on.Account, func(tx Tx, _ time.Time) error {
		if err := s.Guesses.Allow(ctx, tx, throttle.Try{Account: on.Account, Session: on.ID}); err != nil {
			return err
		}
		if err := proved.StillHolds(ctx, tx); err != nil {
			return err
		}
		return s.proved(ctx, tx, on, proof)
	})
}

func (s *Service) proveByFactor(ctx context.Context, on session.Session, a Answer) (proof session.Proof, err error) {
	var st Step
	if a.Passkey != nil {
		if st, err = s.peek(ctx, stepProof, a.Step); err != nil {
			return proof, err
		}
		if st.Account != on.Account || st.Session != on.ID {
			return proof, errStep()
		}
	}
	err = s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
		if err := s.Guesses.Allow(ctx, tx, throttle.Try{Account: on.Account, Session: on.ID}); err != nil {
			return err
		}
		if st.Hash != nil {
			if err := s.take(ctx, tx, st, now); err != nil {
				return err
			}
		}
		methods, err := s.byFactor(ctx, tx, on.Account, a, st.Data, now)
		if err != nil {
			return err
		}
		proof = session.Proof{At: now, Methods: methods}
		return s.proved(ctx, tx, on, proof)
	})
	return proof, err
}

// proved writes a proof onto a session that must still be the person's.
func (s *Service) proved(ctx context.Context, tx Tx, on session.Session, p session.Proof) error {
	if err := stillLives(ctx, tx, on); err != nil {
		return err
	}
	if err := tx.SetProof(ctx, on.ID, p); err != nil {
		return err
	}
	return s.note(ctx, tx, member(on.Account), p.At, on.Account, "session.proved", nil)
}

// stillLives reads a session again, in the commit that acts on it.
func stillLives(ctx context.Context, tx session.SessionTx, on session.Session) error {
	is, err := tx.Session(ctx, on.ID)
	if err == nil && (is.Account != on.Account || !is.EndedAt.IsZero()) {
		err = session.ErrNotValid()
	}
	return err
}

// MustBeFresh refuses what needs a fresh proof of identity on a session whose
// last one is too old.
func (s *Service) MustBeFresh(on session.Session) error {
	if on.Proof.Fresh(s.Now(), s.ProofAge) {
		return nil
	}
	return errProof(s.ProofAge)
}

func errProof(age time.Duration) error {
	return fault.New(fault.Unauthenticated, "proof_required", "minutes", int(age.Minutes()))
}

// MailProof sends a code to a verified address of the account, for a proof on
// this session. Whoever has a second factor uses that: a mailbox must not stand in
// for it.
func (s *Service) MailProof(ctx context.Context, on session.Session) (out onetime.Issued, err error) {
	err = s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
		a, err := tx.Account(ctx, on.Account)
		if err != nil {
			return err
		}
		factors, err := confirmed(ctx, tx, on.Account)
		if err != nil {
			return err
		}
		to, ok := reachable(a, identity.Identifier{})
		if !ok || len(factors) > 0 {
			return fault.New(fault.Conflict, "proof_method_unavailable")
		}
		out, err = s.Codes.Issue(ctx, tx, onetime.Order{Purpose: onetime.Proof, Account: a.ID, Binding: on.ID,
			Channel: channelOf(to.Kind), Address: to.Value, Locale: a.Locale}, now)
		return err
	})
	return out, err
}

func (s *Service) proveByMail(ctx context.Context, on session.Session, typed string) (proof session.Proof, err error) {
	right, err := s.Codes.Check(ctx, onetime.Key{Purpose: onetime.Proof, Binding: on.ID, Account: on.Account}, typed)
	if err != nil {
		return proof, err
	}
	err = s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
		factors, err := confirmed(ctx, tx, on.Account)
		if err != nil {
			return err
		}
		if len(factors) > 0 {
			return fault.New(fault.Conflict, "proof_method_unavailable")
		}
		if err := s.Guesses.Allow(ctx, tx, throttle.Try{Account: on.Account, Session: on.ID}); err != nil {
			return err
		}
		if err := s.Codes.Spend(ctx, tx, right, now); err != nil {
			return err
		}
		proof = session.Proof{At: now, Methods: []string{session.MethodMail}}
		return s.proved(ctx, tx, on, proof)
	})
	return proof, err
}
