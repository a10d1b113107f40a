package dissolution

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/org"
)

// finish ends an erasure whose parts are all verified: first the organisation's
// own rows go, then, once the audit log has numbered what happened, certificate,
// state and audit entry are one commit.
func (s *Service) finish(ctx context.Context, id string) error {
	ready, err := s.eraseOwn(ctx, id)
	if err != nil || !ready {
		return err
	}
	s.probe("own_rows_erased")
	e, open, err := s.evidence(ctx, id)
	if err != nil || !open {
		return err
	}
	if err := s.certify(ctx, id, e); err != nil {
		return err
	}
	s.probe("closed")
	return nil
}

func (s *Service) eraseOwn(ctx context.Context, id string) (ready bool, err error) {
	_, err = s.change(ctx, id, func(tx Tx, d *Dissolution, now time.Time) error {
		if ready = d.State == Erasing; !ready {
			return nil
		}
		parts, err := tx.DissolutionParts().Parts(ctx, id)
		if err != nil {
			return err
		}
		if ready = erasure.Complete(parts); !ready || !d.OwnErasedAt.IsZero() {
			return nil
		}
		if d.OwnItems, err = tx.EraseOrganisation(ctx, d.Organisation, id); err != nil {
			return err
		}
		if d.Released > 0 {
			d.OwnItems = append(d.OwnItems, holder.Item{Name: "memberships", Action: holder.Delete, Count: d.Released})
		}
		d.OwnErasedAt = now
		if err := s.record(ctx, tx, d, "own_rows_erased", system, now, nil); err != nil {
			return err
		}
		return tx.SaveDissolution(ctx, *d)
	})
	return ready, err
}

// certify signs what was done and closes the organisation.
func (s *Service) certify(ctx context.Context, id string, e audit.Evidence) error {
	_, err := s.change(ctx, id, func(tx Tx, d *Dissolution, now time.Time) error {
		if d.State != Erasing {
			return nil // another worker was as fast
		}
		number, file, err := s.issue(ctx, tx, d, e, now)
		if err != nil {
			return err
		}
		s.probe("certificate_signed")
		if err := tx.InsertDissolutionCertificate(ctx, number, id, file, now); err != nil {
			return err
		}
		if err := tx.CompleteDissolutionLedger(ctx, id, now); err != nil {
			return err
		}
		d.Certificate = number
		if err := s.move(ctx, tx, d, finish, system, now, nil); err != nil {
			return err
		}
		if err := tx.SetOrganisationState(ctx, d.Organisation, org.Closed); err != nil {
			return err
		}
		return tx.SaveDissolution(ctx, *d)
	})
	return err
}
