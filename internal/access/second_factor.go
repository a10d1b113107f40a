package access

import (
	"context"
	"net/netip"
	"slices"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/throttle"
)

// askFactor keeps the first half of a sign-in and says what is asked for.
func (s *Service) askFactor(ctx context.Context, tx Tx, b session.Beginning, resume bool, factors []Factor) (*Pending, error) {
	now := s.Now()
	st := Step{Purpose: stepSecondFactor, Account: b.Account, Device: b.Device, App: b.App, Resume: resume, Proof: b.Proof}
	var out Pending
	for _, kind := range []string{TOTP, Passkey} {
		if slices.ContainsFunc(factors, func(f Factor) bool { return f.Kind == kind }) {
			out.Methods = append(out.Methods, kind)
		}
	}
	left, err := tx.CountRecoveryCodes(ctx, b.Account)
	if err != nil {
		return nil, err
	}
	if left > 0 {
		out.Methods = append(out.Methods, "recovery_code")
	}
	if slices.Contains(out.Methods, Passkey) {
		if out.Passkey, st.Data, err = s.askPasskey(ctx, tx, b.Account, factors); err != nil {
			return nil, err
		}
	}
	out.Token, out.ExpiresAt, err = s.open(ctx, tx, st, now)
	return &out, err
}

// SecondFactor completes a sign-in. It answers step_not_valid when its first half
// is over: by time, by too many wrong answers, or because the password, a factor
// or the account's state has changed since.
func (s *Service) SecondFactor(ctx context.Context, token string, a Answer, address netip.Addr) (out SignedIn, err error) {
	if err := a.check("code", "recovery_code", "passkey"); err != nil {
		return out, err
	}
	st, err := s.peek(ctx, stepSecondFactor, token)
	if err != nil {
		return out, err
	}
	try := throttle.Try{Account: st.Account, Address: address}
	err = s.Guesses.Guard(ctx, try, func() error {
		err := s.InTx(ctx, func(tx Tx) error {
			if err := tx.LockAccount(ctx, st.Account); err != nil {
				return err
			}
			now := s.Now()
			if err := s.take(ctx, tx, st, now); err != nil {
				return err
			}
			if err := s.Guesses.Allow(ctx, tx, try); err != nil {
				return err
			}
			methods, err := s.byFactor(ctx, tx, st.Account, a, st.Data, now)
			if err != nil {
				return err
			}
			out, err = s.enter(ctx, tx, session.Beginning{Account: st.Account, Device: st.Device, App: st.App, Address: address,
				Proof: together(st.Proof, methods, now)}, st.Resume)
			return err
		})
		return s.failed(ctx, st, err)
	})
	if err != nil {
		return SignedIn{}, err
	}
	return out, nil
}
