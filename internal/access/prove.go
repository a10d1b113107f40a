package access

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// Prove shows once more, on a running session, who the person is: what needs a
// fresh proof may then be done for ProofAge.
func (s *Service) Prove(ctx context.Context, on session.Session, password string) (session.Proof, error) {
	proved, err := s.Accounts.Prove(ctx, on.Account, password)
	if err != nil {
		return session.Proof{}, err
	}
	proof := session.Proof{At: proved.At, Methods: []string{MethodPassword}}
	return proof, s.change(ctx, on.Account, func(tx Tx, _ time.Time) error {
		if err := proved.StillHolds(ctx, tx); err != nil {
			return err
		}
		return s.proved(ctx, tx, on, proof)
	})
}

// proved writes a proof onto a session that must still be the person's.
func (s *Service) proved(ctx context.Context, tx Tx, on session.Session, p session.Proof) error {
	now, err := tx.Session(ctx, on.ID)
	if err != nil {
		return err
	}
	if now.Account != on.Account || !now.EndedAt.IsZero() {
		return session.ErrNotValid()
	}
	if err := tx.SetProof(ctx, on.ID, p); err != nil {
		return err
	}
	return s.note(ctx, tx, member(on.Account), p.At, on.Account, "session.proved", nil)
}

// MustBeFresh refuses what needs a fresh proof of identity on a session whose
// last one is too old.
func (s *Service) MustBeFresh(on session.Session) error {
	if on.Proof.Fresh(s.Now(), s.ProofAge) {
		return nil
	}
	return fault.New(fault.Unauthenticated, "proof_required", "minutes", int(s.ProofAge.Minutes()))
}
