package closure

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
)

// SignedIn is a new session, and the closure that the sign-in withdrew, if one
// was under way.
type SignedIn struct {
	session.Started
	Withdrew *Closure
}

// SignIn checks a name and a password and starts a session. It stands in this
// room because a sign-in during a closure means something: the policy says
// whether it withdraws the closure or is refused. A failed sign-in does nothing
// at all. Unknown names and wrong passwords are answered alike, and as slowly.
func (s *Service) SignIn(ctx context.Context, name, password string, d session.Device, app string) (SignedIn, error) {
	if err := session.CheckDevice(d); err != nil {
		return SignedIn{}, err
	}
	account, err := s.accountNamed(ctx, name)
	if err != nil {
		return SignedIn{}, err
	}
	proof, err := s.Accounts.Prove(ctx, account, password)
	if err != nil {
		return SignedIn{}, err
	}
	var out SignedIn
	err = s.InTx(ctx, func(tx Tx) error {
		out = SignedIn{}
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		if err := proof.StillHolds(ctx, tx); err != nil {
			return err
		}
		if err := mayEnter(ctx, tx, account); err != nil {
			return err
		}
		now := s.Now()
		if out.Withdrew, err = s.meet(ctx, tx, account, now); err != nil {
			return err
		}
		out.Started, err = s.Sessions.Start(ctx, tx, account, d, app, now)
		return err
	})
	return out, err
}

// accountNamed gives the account's id, or "" for nobody: what cannot be a name
// is nobody's.
func (s *Service) accountNamed(ctx context.Context, name string) (account string, err error) {
	id, err := identity.Guess(name)
	if err != nil {
		return "", nil
	}
	err = s.View(ctx, func(tx Tx) error {
		account, err = tx.AccountByIdentifier(ctx, id)
		return err
	})
	return account, err
}

func mayEnter(ctx context.Context, tx Tx, account string) error {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return err
	}
	switch {
	case a.State != identity.Active:
		return fault.New(fault.Conflict, "account_ending")
	case a.Stolen || a.Banned:
		return fault.New(fault.Forbidden, "account_blocked")
	}
	return nil
}

// meet is what a successful sign-in does to a closure that is under way.
func (s *Service) meet(ctx context.Context, tx Tx, account string, now time.Time) (*Closure, error) {
	c, err := tx.OpenClosure(ctx, account)
	if err != nil || c.ID == "" || c.State == Requested {
		return nil, err
	}
	p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
	if err != nil {
		return nil, err
	}
	if _, ok := Next(c.State, SignIn, planOf(p)); !ok {
		return nil, fault.New(fault.Conflict, "account_cooling_off")
	}
	if err := s.withdraw(ctx, tx, &c, SignIn, now); err != nil {
		return nil, err
	}
	return &c, nil
}
