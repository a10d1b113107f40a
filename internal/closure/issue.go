package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/policy"
)

// evidence proves everything that has happened to a closure so far from the
// audit log. It reads outside any transaction. It answers false for a closure
// that another worker has closed meanwhile: that entry may have no number yet,
// and nobody needs the evidence any more.
func (s *Service) evidence(ctx context.Context, closure string) (e audit.Evidence, open bool, err error) {
	if _, err := s.Audit.Sequence(ctx); err != nil {
		return audit.Evidence{}, false, err
	}
	s.probe("audit_sequenced")
	var ids []string
	err = s.View(ctx, func(tx Tx) error {
		ids = nil
		happened, err := tx.Happenings(ctx, closure)
		if err != nil {
			return err
		}
		for _, h := range happened {
			ids = append(ids, h.AuditID)
		}
		// Read last: while it is erasing, "closed" is not among what happened.
		c, err := tx.Closure(ctx, closure)
		open = c.State == Erasing
		return err
	})
	if err != nil || !open {
		return audit.Evidence{}, false, err
	}
	e, err = s.Audit.Evidence(ctx, s.Audit.Reads, ids)
	return e, true, err
}

// issue writes and signs the certificate of an erasure that is complete.
func (s *Service) issue(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, e audit.Evidence, now time.Time) (id string, file []byte, err error) {
	doc := certificate.Certificate{
		ID: s.NewID(), Closure: c.ID, Issuer: s.Issuer, Subject: c.Pseudonym,
		Policy:      certificate.PolicyRef{Name: p.Name, Version: p.Version, Digest: p.Digest, Title: p.Title},
		RequestedAt: c.RequestedAt, ErasureStartedAt: c.ErasingAt, IssuedAt: now,
		Identifiers: identifiers(c, p),
	}
	parts, err := tx.ClosureParts().Parts(ctx, c.ID)
	if err != nil {
		return "", nil, err
	}
	if err := doc.Fill(s.Holders, c.OwnItems, parts, e); err != nil {
		return "", nil, err
	}
	file, err = certificate.Issue(s.Ring, doc)
	return doc.ID, file, err
}

// identifiers says when the names may be used again.
func identifiers(c *Closure, p *policy.Policy) certificate.Identifiers {
	out := certificate.Identifiers{Never: p.Reuse.Never}
	for _, i := range c.OwnItems {
		if i.Name == "identifiers" {
			out.Count = int(i.Count)
		}
	}
	if !p.Reuse.Never && p.Reuse.After > 0 {
		at := c.OwnErasedAt.Add(p.Reuse.After)
		out.ReuseAfter = &at
	}
	return out
}
