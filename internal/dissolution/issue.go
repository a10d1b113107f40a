package dissolution

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/language"
)

// evidence proves everything that has happened so far from the audit log. It
// answers false for a dissolution that another worker has closed meanwhile.
func (s *Service) evidence(ctx context.Context, id string) (e audit.Evidence, open bool, err error) {
	if _, err := s.Audit.Sequence(ctx); err != nil {
		return e, false, err
	}
	s.probe("audit_sequenced")
	var ids []string
	err = s.View(ctx, func(tx Tx) error {
		ids = nil
		happened, err := tx.DissolutionHappenings(ctx, id)
		if err != nil {
			return err
		}
		for _, h := range happened {
			ids = append(ids, h.AuditID)
		}
		// Read last: while it is erasing, "closed" is not among what happened.
		d, err := tx.Dissolution(ctx, id)
		open = d.State == Erasing
		return err
	})
	if err != nil || !open {
		return e, false, err
	}
	e, err = s.Audit.Evidence(ctx, s.Audit.Reads, ids)
	return e, true, err
}

// issue writes and signs the certificate of a dissolution.
func (s *Service) issue(ctx context.Context, tx Tx, d *Dissolution, e audit.Evidence, now time.Time) (id string, file []byte, err error) {
	doc := certificate.Certificate{
		Kind: certificate.OfOrganisation, ID: s.NewID(), Closure: d.ID, Issuer: s.Issuer, Subject: d.Pseudonym, Policy: d.Kind.procedure(),
		Notice: &certificate.Notice{Kind: string(d.Kind), PublishedOn: d.Notice.Published, Media: d.Notice.Media,
			Reference: d.Notice.Reference, EndedAt: d.EndsAt},
		RequestedAt: d.StartedAt, ErasureStartedAt: d.ErasingAt, IssuedAt: now,
	}
	parts, err := tx.DissolutionParts().Parts(ctx, d.ID)
	if err != nil {
		return "", nil, err
	}
	if err := doc.Fill(s.Holders, d.OwnItems, parts, e); err != nil {
		return "", nil, err
	}
	file, err = certificate.Issue(s.Ring, doc)
	return doc.ID, file, err
}

// procedure names the rules that applied, in the place of a policy's file: the
// digest is of the steps and the notice's days, and changes with them.
func (k Kind) procedure() certificate.PolicyRef {
	h := sha256.New()
	fmt.Fprintf(h, "%s notice %d days\n", k, k.Days())
	for _, s := range States() {
		for _, e := range events() {
			if next, ok := stateAfter(s, e); ok {
				fmt.Fprintf(h, "%s %s %s\n", s, e, next)
			}
		}
	}
	title := language.Each("企业一般注销", "General dissolution of an organisation")
	if k == Simple {
		title = language.Each("企业简易注销", "Simple dissolution of an organisation")
	}
	return certificate.PolicyRef{Name: "dissolution-" + string(k), Version: 1, Digest: "sha256:" + hex.EncodeToString(h.Sum(nil)), Title: title}
}
