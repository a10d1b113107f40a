package dissolution

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
)

// Start begins a dissolution. Nothing changes for its members yet.
// Only a creator or the legal representative may, with a fresh proof of identity,
// or an operator for them. A successor is another organisation that takes over
// what data holders hand over; whoever is no operator must lead it, too. It
// answers organisation_not_found, dissolution_rights_required, dissolution_open.
func (s *Service) Start(ctx context.Context, by audit.Actor, organisation string, k Kind, successor string) (d Dissolution, err error) {
	if k.Days() == 0 {
		return d, fault.Wrong().At("kind", "dissolution_kind_unknown")
	}
	err = s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockOrganisation(ctx, organisation); err != nil {
			return err
		}
		if err := leads(ctx, tx, by, organisation); err != nil {
			return err
		}
		if err := org.MustBeOpen(ctx, tx, organisation); err != nil {
			return err
		}
		if err := takesOver(ctx, tx, by, organisation, successor); err != nil {
			return err
		}
		d = Dissolution{ID: s.NewID(), Organisation: organisation, Pseudonym: s.Ring.Vault().Pseudonym("dissolution", organisation),
			Kind: k, State: Attesting, Successor: successor, StartedBy: by.ID, StartedAt: s.Now()}
		if err := tx.InsertDissolution(ctx, d); err != nil {
			return err
		}
		return s.record(ctx, tx, &d, "started", by, d.StartedAt, map[string]string{"kind": string(k)})
	})
	return d, err
}

// takesOver refuses a successor that is not open, or that the caller does not
// lead: nobody's organisation is given what it did not ask for.
func takesOver(ctx context.Context, tx Tx, by audit.Actor, organisation, successor string) error {
	if successor == "" {
		return nil
	}
	refused := fault.Wrong().At("successor_id", "successor_organisation_unknown")
	if successor == organisation || leads(ctx, tx, by, successor) != nil || org.MustBeOpen(ctx, tx, successor) != nil {
		return refused
	}
	return nil
}
