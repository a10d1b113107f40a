package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
)

// View is a closure with all that a person or an operator wants to see of it.
type View struct {
	Closure
	Policy   *policy.Policy
	Timeline []Happening
	Parts    []Part
}

// Message is what the policy says about where the closure stands; it may be
// empty.
func (v View) Message() policy.Text {
	key := map[State]string{
		Requested: policy.TextConfirm, InReview: policy.TextRequested, CoolingOff: policy.TextRequested,
		Closed: policy.TextClosed, Withdrawn: policy.TextWithdrawn, Rejected: policy.TextRejected, Refused: policy.TextRefused,
	}[v.State]
	switch {
	case v.State == CoolingOff && !v.ReviewedAt.IsZero():
		key = policy.TextApproved
	case v.EndCause == withdrawBySignIn:
		key = policy.TextWithdrawnBySignIn
	}
	return v.Policy.Texts[key]
}

// Get reads one closure; a member reads only the own: name the account, or
// leave it empty for those who may read all.
func (s *Service) Get(ctx context.Context, id, account string) (v View, err error) {
	err = s.View(ctx, func(tx Tx) error {
		c, err := tx.Closure(ctx, id)
		if err != nil {
			return err
		}
		if account != "" && c.Account != account {
			return errNotFound()
		}
		v, err = s.viewOf(ctx, tx, c)
		return err
	})
	return v, err
}

// Status reads a closure by the token of its private link, without signing in.
func (s *Service) Status(ctx context.Context, token string) (v View, err error) {
	c, err := s.byLink(ctx, token)
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, c.ID, "")
}

func (s *Service) viewOf(ctx context.Context, tx Tx, c Closure) (v View, err error) {
	v.Closure = c
	if v.Policy, err = s.Policies.Version(ctx, tx, c.PolicyDigest); err != nil {
		return v, err
	}
	if v.Timeline, err = tx.Happenings(ctx, c.ID); err != nil {
		return v, err
	}
	v.Parts, err = tx.ClosureParts().Parts(ctx, c.ID)
	return v, err
}

// List reads closures in the order of their ids, with their policies.
func (s *Service) List(ctx context.Context, f Filter) (all []View, err error) {
	err = s.View(ctx, func(tx Tx) error {
		found, err := tx.Closures(ctx, f)
		if err != nil {
			return err
		}
		all = make([]View, len(found))
		for i, c := range found {
			all[i].Closure = c
			if all[i].Policy, err = s.Policies.Version(ctx, tx, c.PolicyDigest); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// CertificateFile reads the signed certificate; account as in Get.
func (s *Service) CertificateFile(ctx context.Context, id, account string) (file []byte, err error) {
	err = s.View(ctx, func(tx Tx) error {
		c, err := tx.Closure(ctx, id)
		if err != nil {
			return err
		}
		if account != "" && c.Account != account {
			return errNotFound()
		}
		if c.State != Closed {
			return fault.New(fault.Conflict, "certificate_not_yet", "state", string(c.State))
		}
		file, err = tx.Certificate(ctx, id)
		return err
	})
	return file, err
}

// CertificateByLink reads it by the token of the private link.
func (s *Service) CertificateByLink(ctx context.Context, token string) ([]byte, error) {
	c, err := s.byLink(ctx, token)
	if err != nil {
		return nil, err
	}
	return s.CertificateFile(ctx, c.ID, "")
}

// Counts gives the number of closures in each state.
func (s *Service) Counts(ctx context.Context) (n map[State]int, err error) {
	err = s.View(ctx, func(tx Tx) error {
		n, err = tx.CountClosures(ctx)
		return err
	})
	return n, err
}
