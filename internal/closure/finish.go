package closure

import (
	"cmp"
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/signal"
)

// finish ends an erasure whose parts are all verified: first the account's own
// rows go, then, once the audit log has numbered what happened, the certificate,
// the state, the audit entry and the last notice are one commit.
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

// eraseOwn deletes Signoff's own rows about the account. It answers false while
// a data holder's part is open, and for a closure that has ended.
func (s *Service) eraseOwn(ctx context.Context, id string) (ready bool, err error) {
	_, err = s.change(ctx, id, func(tx Tx, c *Closure, now time.Time) error {
		if ready = c.State == Erasing; !ready {
			return nil
		}
		parts, err := tx.ClosureParts().Parts(ctx, id)
		if err != nil {
			return err
		}
		if ready = erasure.Complete(parts); !ready || !c.OwnErasedAt.IsZero() {
			return nil
		}
		p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
		if err != nil {
			return err
		}
		a, err := tx.Account(ctx, c.Account)
		if err != nil {
			return err
		}
		c.LastAddress = cmp.Or(a.Address(), a.Mobile())
		if c.OwnItems, err = tx.EraseAccount(ctx, c.Account, id, now.Add(p.Reuse.After), p.Reuse.Never); err != nil {
			return err
		}
		c.OwnErasedAt = now
		if err := s.record(ctx, tx, c, "own_rows_erased", system, now, nil); err != nil {
			return err
		}
		return tx.SaveClosure(ctx, *c)
	})
	return ready, err
}

// certify signs what was done and closes the account.
func (s *Service) certify(ctx context.Context, id string, e audit.Evidence) error {
	_, err := s.change(ctx, id, func(tx Tx, c *Closure, now time.Time) error {
		if c.State != Erasing {
			return nil // another worker was as fast
		}
		p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
		if err != nil {
			return err
		}
		number, file, err := s.issue(ctx, tx, c, p, e, now)
		if err != nil {
			return err
		}
		s.probe("certificate_signed")
		if err := tx.InsertCertificate(ctx, number, id, file, now); err != nil {
			return err
		}
		if err := tx.CompleteLedger(ctx, id, now); err != nil {
			return err
		}
		address := c.LastAddress
		c.Certificate, c.LastAddress, c.Reason = number, "", ""
		if err := s.move(ctx, tx, c, finish, p, system, now); err != nil {
			return err
		}
		if err := tx.SetAccountState(ctx, c.Account, identity.Closed, now); err != nil {
			return err
		}
		// The notice takes the last address with it and erases it once delivered.
		if err := tx.EnqueueNotice(ctx, signal.Notice{ID: s.NewID(), Account: c.Account, Kind: signal.ClosureClosed, Locale: c.Locale,
			Channel: signal.ChannelOf(address), Address: address, Args: map[string]string{"certificate": number}, CreatedAt: now}); err != nil {
			return err
		}
		return tx.SaveClosure(ctx, *c)
	})
	return err
}
