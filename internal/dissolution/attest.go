package dissolution

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Attest adds the evidence for a prerequisite. Its file is sealed; its hash is in
// the audit log. It waits for its review by a second person.
func (s *Service) Attest(ctx context.Context, by audit.Actor, a Attestation, content []byte) (Attestation, error) {
	if err := a.check(content); err != nil {
		return Attestation{}, err
	}
	sum := sha256.Sum256(content)
	a.ID, a.SHA256, a.MediaType, a.Size, a.AttestedBy = s.NewID(), hex.EncodeToString(sum[:]), mediaType(content), int64(len(content)), by.ID
	_, err := s.change(ctx, a.Dissolution, func(tx Tx, d *Dissolution, now time.Time) error {
		if err := leads(ctx, tx, by, d.Organisation); err != nil {
			return unknownTo(err)
		}
		if d.State != Attesting {
			return errState(d.State, "attested")
		}
		have, err := tx.Evidence(ctx, d.ID)
		if err != nil {
			return err
		}
		if len(have) >= mostEvidence {
			return fault.New(fault.Conflict, "evidence_full", "most", mostEvidence)
		}
		a.AttestedAt = now
		if err := tx.InsertEvidence(ctx, a, content); err != nil {
			return err
		}
		return s.record(ctx, tx, d, "attested", by, now, map[string]string{"kind": a.Kind, "sha256": a.SHA256, "bytes": strconv.FormatInt(a.Size, 10)})
	})
	return a, err
}

// mostEvidence bounds the files of one dissolution.
const mostEvidence = 30

func (a *Attestation) check(content []byte) error {
	bad := fault.Wrong()
	if !slices.Contains(Prerequisites(), a.Kind) {
		bad = bad.At("kind", "evidence_kind_unknown")
	}
	if a.Reference = strings.TrimSpace(a.Reference); a.Reference == "" {
		bad = bad.At("reference", "required")
	}
	for field, text := range map[string]string{"reference": a.Reference, "file_name": a.FileName} {
		if utf8.RuneCountInString(text) > 200 {
			bad = bad.At(field, "text_too_long", "max", 200)
		}
	}
	switch {
	case len(content) > MaxEvidence:
		bad = bad.At("content", "evidence_too_large", "limit", MaxEvidence)
	case mediaType(content) == "":
		bad = bad.At("content", "evidence_format")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// unknownTo answers by the dissolution's id what was asked by it.
func unknownTo(err error) error {
	if fault.Is(err, "organisation_not_found") {
		return ErrNotFound()
	}
	return err
}

// DecideEvidence is a second person's word on an attestation. It answers
// attestation_not_found, attestation_decided, dissolution_own.
func (s *Service) DecideEvidence(ctx context.Context, by audit.Actor, dissolution, attestation string, accepted bool, reason string) error {
	if reason = strings.TrimSpace(reason); !accepted && reason == "" {
		return fault.Wrong().At("reason", "required")
	}
	_, err := s.change(ctx, dissolution, func(tx Tx, d *Dissolution, now time.Time) error {
		all, err := tx.Evidence(ctx, d.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(a Attestation) bool { return a.ID == attestation })
		if i < 0 {
			return errNoEvidence()
		}
		a := all[i]
		if err := impartial(ctx, tx, by, d, a.AttestedBy); err != nil {
			return err
		}
		if d.State != Attesting {
			return errState(d.State, "evidence_decided")
		}
		a.DecidedBy, a.DecidedAt, a.Accepted, a.Reason = by.ID, now, accepted, reason
		fresh, err := tx.DecideEvidence(ctx, a)
		if err != nil {
			return err
		}
		if !fresh {
			return fault.New(fault.Conflict, "attestation_decided")
		}
		event := "evidence_rejected"
		if accepted {
			event = "evidence_accepted"
		}
		return s.record(ctx, tx, d, event, by, now, map[string]string{"kind": a.Kind, "sha256": a.SHA256})
	})
	return err
}

func errNoEvidence() *fault.Error { return fault.New(fault.NotFound, "attestation_not_found") }

// missing gives the prerequisites without an accepted attestation.
func missing(all []Attestation) (kinds []string) {
	for _, k := range Prerequisites() {
		if !slices.ContainsFunc(all, func(a Attestation) bool { return a.Kind == k && a.Accepted }) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
