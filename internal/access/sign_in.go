package access

import (
	"context"
	"net/netip"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
)

// The methods of a proof, as RFC 8176 names them.
const (
	MethodPassword = "pwd"
)

// Attempt is somebody who wants to get in.
type Attempt struct {
	Name     string // mobile number, e-mail address or user name
	Password string
	Device   session.Device
	App      string
	Address  netip.Addr // where the request came from; invalid where unknown
}

// SignedIn is a new session, and the closure that the sign-in withdrew, if one
// was under way.
type SignedIn struct {
	session.Started
	Withdrew *closure.Closure
}

// SignIn checks a name and a password and starts a session. A sign-in during a
// closure means something: the policy says whether it withdraws the closure or
// is refused. A failed sign-in does nothing at all. Unknown names and wrong
// passwords are answered alike, and as slowly.
func (s *Service) SignIn(ctx context.Context, in Attempt) (SignedIn, error) {
	if err := session.CheckDevice(in.Device); err != nil {
		return SignedIn{}, err
	}
	account, err := s.accountNamed(ctx, in.Name)
	if err != nil {
		return SignedIn{}, err
	}
	proof, err := s.Accounts.Prove(ctx, account, in.Password)
	if err != nil {
		return SignedIn{}, err
	}
	var out SignedIn
	err = s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		if err := proof.StillHolds(ctx, tx); err != nil {
			return err
		}
		out, err = s.enter(ctx, tx, session.Beginning{Account: account, Device: in.Device, App: in.App, Address: in.Address,
			Proof: session.Proof{At: proof.At, Methods: []string{MethodPassword}}})
		return err
	})
	return out, err
}

// enter lets somebody in whose identity is proved: it refuses what the account
// refuses, meets a closure that is under way, and starts the session. The
// caller holds the account's lock.
func (s *Service) enter(ctx context.Context, tx Tx, b session.Beginning) (out SignedIn, err error) {
	if err := mayEnter(ctx, tx, b.Account); err != nil {
		return out, err
	}
	now := s.Now()
	if out.Withdrew, err = s.Closures.SignedIn(ctx, tx, b.Account, now); err != nil {
		return out, err
	}
	out.Started, err = s.Sessions.Start(ctx, tx, b, now)
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
