package dissolution

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
)

// View is a dissolution with all that there is to see of it.
type View struct {
	Dissolution
	Evidence   []Attestation
	Missing    []string // prerequisites without an accepted attestation
	Objections []Objection
	Timeline   []closure.Happening
	Parts      []erasure.Part
}

// staff are the kinds of callers who see every dissolution.
var staff = []string{audit.KindOperator, audit.KindReviewer}

// Get reads one: for operators and reviewers, and for those who lead the
// organisation.
func (s *Service) Get(ctx context.Context, by audit.Actor, id string) (v View, err error) {
	err = s.View(ctx, func(tx Tx) error {
		d, err := s.visible(ctx, tx, by, id)
		if err != nil {
			return err
		}
		v, err = viewOf(ctx, tx, d)
		return err
	})
	return v, err
}

func (s *Service) visible(ctx context.Context, tx Tx, by audit.Actor, id string) (Dissolution, error) {
	d, err := tx.Dissolution(ctx, id)
	if err != nil || slices.Contains(staff, by.Kind) {
		return d, err
	}
	if err := leads(ctx, tx, by, d.Organisation); err != nil {
		return Dissolution{}, ErrNotFound()
	}
	return d, nil
}

func viewOf(ctx context.Context, tx Tx, d Dissolution) (v View, err error) {
	v.Dissolution = d
	if v.Evidence, err = tx.Evidence(ctx, d.ID); err != nil {
		return v, err
	}
	v.Missing = missing(v.Evidence)
	if v.Objections, err = tx.Objections(ctx, d.ID); err != nil {
		return v, err
	}
	if v.Timeline, err = tx.DissolutionHappenings(ctx, d.ID); err != nil {
		return v, err
	}
	v.Parts, err = tx.DissolutionParts().Parts(ctx, d.ID)
	return v, err
}

// OfOrganisation reads an organisation's newest, for the same callers.
func (s *Service) OfOrganisation(ctx context.Context, by audit.Actor, organisation string) (v View, err error) {
	var id string
	err = s.View(ctx, func(tx Tx) error {
		found, err := tx.Dissolutions(ctx, Filter{Organisation: organisation, Limit: 1})
		if err == nil && len(found) == 0 {
			err = ErrNotFound()
		}
		if err == nil {
			id = found[0].ID
		}
		return err
	})
	if err != nil {
		return v, err
	}
	return s.Get(ctx, by, id)
}

// MayLead says whether somebody may end an organisation: organisation_not_found
// or dissolution_rights_required where not.
func (s *Service) MayLead(ctx context.Context, by audit.Actor, organisation string) error {
	return s.View(ctx, func(tx Tx) error { return leads(ctx, tx, by, organisation) })
}

// List reads many, the newest first; for the staff.
func (s *Service) List(ctx context.Context, f Filter) (all []View, err error) {
	err = s.View(ctx, func(tx Tx) error {
		found, err := tx.Dissolutions(ctx, f)
		all = make([]View, len(found))
		for i, d := range found {
			all[i].Dissolution = d
		}
		return err
	})
	return all, err
}

// File reads the file of an attestation, for the callers of Get.
func (s *Service) File(ctx context.Context, by audit.Actor, dissolution, attestation string) (a Attestation, content []byte, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if _, err := s.visible(ctx, tx, by, dissolution); err != nil {
			return err
		}
		a, content, err = tx.EvidenceFile(ctx, dissolution, attestation)
		return err
	})
	return a, content, err
}

// CertificateFile reads the signed certificate, for the staff, and for whoever
// started it: nobody leads the organisation any more.
func (s *Service) CertificateFile(ctx context.Context, by audit.Actor, id string) (file []byte, err error) {
	err = s.View(ctx, func(tx Tx) error {
		d, err := tx.Dissolution(ctx, id)
		if err != nil {
			return err
		}
		if !slices.Contains(staff, by.Kind) && by.ID != d.StartedBy {
			return ErrNotFound()
		}
		if d.State != Closed {
			return fault.New(fault.Conflict, "certificate_not_yet", "state", string(d.State))
		}
		file, err = tx.DissolutionCertificate(ctx, id)
		return err
	})
	return file, err
}
