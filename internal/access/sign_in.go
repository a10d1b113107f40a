package access

import (
	"context"
	"net/netip"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/throttle"
)

// Attempt is somebody who wants to get in.
type Attempt struct {
	Name     string // mobile number, e-mail address or user name
	Password string
	Device   session.Device
	App      string
	Address  netip.Addr // where the request came from; invalid where unknown
	Resume   bool       // end a pause, where the account is paused
}

// SignedIn is a new session, and the closure that the sign-in withdrew, if one
// was under way; or what is still to be shown.
type SignedIn struct {
	session.Started
	Withdrew *closure.Closure
	Resumed  bool // whether the sign-in has ended a pause
	// Pending is set when a second factor is asked for: there is no session yet.
	Pending *Pending
	// PasswordSince is set when the password is older than people are reminded of.
	PasswordSince time.Time
}

// Pending is the first half of a sign-in.
type Pending struct {
	Token     string // told this once
	ExpiresAt time.Time
	Methods   []string // "totp", "passkey", "recovery_code": any one of them
	Passkey   []byte   // what to ask a passkey, as JSON; nil without one
}

// SignIn checks a name and a password and starts a session, or asks for a second
// factor. A complete sign-in during a closure means something: the policy says
// whether it withdraws the closure or is refused. A failed one, and one that is
// half done, does nothing at all. Unknown names and wrong passwords are answered
// alike, and as slowly.
func (s *Service) SignIn(ctx context.Context, in Attempt) (out SignedIn, err error) {
	if err := session.CheckDevice(in.Device); err != nil {
		return SignedIn{}, err
	}
	account, name, err := s.accountNamed(ctx, in.Name)
	if err != nil {
		return SignedIn{}, err
	}
	try := throttle.Try{Account: account, Name: name, Address: in.Address}
	err = s.Guesses.Guard(ctx, try, func() error {
		proof, err := s.Accounts.Prove(ctx, account, in.Password)
		if err != nil {
			return err
		}
		return s.InTx(ctx, func(tx Tx) error {
			if err := tx.LockAccount(ctx, account); err != nil {
				return err
			}
			if err := s.Guesses.Allow(ctx, tx, try); err != nil {
				return err
			}
			if err := proof.StillHolds(ctx, tx); err != nil {
				return err
			}
			out, err = s.passwordShown(ctx, tx, session.Beginning{Account: account, Device: in.Device, App: in.App, Address: in.Address,
				Proof: session.Proof{At: proof.At, Methods: []string{session.MethodPassword}}}, in.Resume)
			return err
		})
	})
	if err != nil {
		return SignedIn{}, err
	}
	return out, nil
}

// passwordShown lets in whoever has shown the password, or asks for more.
func (s *Service) passwordShown(ctx context.Context, tx Tx, b session.Beginning, resume bool) (SignedIn, error) {
	factors, err := confirmed(ctx, tx, b.Account)
	if err != nil {
		return SignedIn{}, err
	}
	if len(factors) == 0 {
		return s.enter(ctx, tx, b, resume)
	}
	if _, err := mayEnter(ctx, tx, b.Account, resume); err != nil {
		return SignedIn{}, err
	}
	pending, err := s.askFactor(ctx, tx, b, resume, factors)
	return SignedIn{Pending: pending}, err
}

// enter lets somebody in whose identity is proved: it refuses what the account
// refuses, ends a pause where the person says so, meets a closure that is under
// way, and starts the session. The caller holds the account's lock.
func (s *Service) enter(ctx context.Context, tx Tx, b session.Beginning, resume bool) (out SignedIn, err error) {
	paused, err := mayEnter(ctx, tx, b.Account, resume)
	if err != nil {
		return out, err
	}
	now := s.Now()
	if out.Resumed = paused; paused {
		if err := s.resume(ctx, tx, member(b.Account), b.Account, now); err != nil {
			return out, err
		}
	}
	if out.Withdrew, err = s.Closures.SignedIn(ctx, tx, b.Account, now); err != nil {
		return out, err
	}
	if err := s.Guesses.Remember(ctx, tx, b.Account, b.Address); err != nil {
		return out, err
	}
	if out.PasswordSince, err = s.oldPassword(ctx, tx, b.Account, now); err != nil {
		return out, err
	}
	out.Started, err = s.Sessions.Start(ctx, tx, b, now)
	return out, err
}

// accountNamed gives the account's id, or "" for nobody, and the name in one
// form: what cannot be a name is nobody's.
func (s *Service) accountNamed(ctx context.Context, typed string) (account, name string, err error) {
	id, err := identity.Guess(typed)
	if err != nil {
		id = identity.Identifier{Kind: identity.Username, Value: typed} // nobody has it, and it is looked up all the same
	}
	err = s.View(ctx, func(tx Tx) error {
		account, err = tx.AccountByIdentifier(ctx, id)
		return err
	})
	return account, id.Kind + " " + id.Value, err
}

// mayEnter says whether the account is paused, which keeps out whoever does not
// ask to resume it. A flag keeps everybody out, and the pause as it is.
func mayEnter(ctx context.Context, tx Tx, account string, resume bool) (paused bool, err error) {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return false, err
	}
	switch paused = a.State == identity.Paused; {
	case !a.State.Lives():
		err = fault.New(fault.Conflict, "account_ending")
	case a.Stolen || a.Banned:
		err = fault.New(fault.Forbidden, "account_blocked")
	case paused && !resume:
		err = fault.New(fault.Conflict, "account_paused")
	}
	return paused, err
}
