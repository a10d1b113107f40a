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
	var err error
	if out.Methods, err = s.secondFactors(ctx, tx, b.Account, factors); err != nil {
		return nil, err
	}
	if slices.Contains(out.Methods, Passkey) {
		if out.Passkey, st.Data, err = s.askPasskey(ctx, tx, b.Account, factors); err != nil {
			return nil, err
		}
	}
	out.Token, out.ExpiresAt, err = s.open(ctx, tx, st, now)
	return &out, err
}

// secondFactors names what may complete a sign-in. Where the site has lost its
// domain, passkeys serve no more, and whatever else there is does.
func (s *Service) secondFactors(ctx context.Context, tx Tx, account string, factors []Factor) (methods []string, err error) {
	for _, kind := range []string{TOTP, Passkey} {
		if kind == Passkey && !s.Passkeys.Offered() {
			continue
		}
		if slices.ContainsFunc(factors, func(f Factor) bool { return f.Kind == kind }) {
			methods = append(methods, kind)
		}
	}
	left, err := tx.CountRecoveryCodes(ctx, account)
	if err == nil && left > 0 {
		methods = append(methods, "recovery_code")
	}
	return methods, err
}

// Waiting says what the second half of a sign-in asks for, for a page that shows
// it, however often: the question to a passkey is the same each time. The token
// stays the one that the caller has.
func (s *Service) Waiting(ctx context.Context, token string) (out Pending, err error) {
	st, err := s.peek(ctx, stepSecondFactor, token)
	if err != nil {
		return out, err
	}
	out.Token, out.ExpiresAt = token, st.ExpiresAt
	err = s.View(ctx, func(tx Tx) error {
		factors, err := confirmed(ctx, tx, st.Account)
		if err != nil {
			return err
		}
		if out.Methods, err = s.secondFactors(ctx, tx, st.Account, factors); err != nil {
			return err
		}
		if slices.Contains(out.Methods, Passkey) && st.Data != "" {
			out.Passkey, err = s.askAgain(factors, st.Data)
		}
		return err
	})
	return out, err
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
