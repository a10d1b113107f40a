package access

import (
	"context"
	"net/netip"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/throttle"
)

// AskAnyPasskey asks whoever is there for a passkey of theirs: nobody has said a
// name yet. What unlocks the passkey is asked for too, since there is no password.
func (s *Service) AskAnyPasskey(ctx context.Context) (out Asked, err error) {
	web, err := s.site()
	if err != nil {
		return out, err
	}
	options, data, err := web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return out, errPasskey()
	}
	st := Step{Purpose: stepSignIn}
	if out.Question, st.Data, err = both(options, data); err != nil {
		return out, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		out.Token, out.ExpiresAt, err = s.open(ctx, tx, st, s.Now())
		return err
	})
	return out, err
}

// AskPasskey asks for one of the account's passkeys, as a proof on this session.
func (s *Service) AskPasskey(ctx context.Context, on session.Session) (out Asked, err error) {
	err = s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
		factors, err := confirmed(ctx, tx, on.Account)
		if err != nil {
			return err
		}
		st := Step{Purpose: stepProof, Account: on.Account, Session: on.ID}
		if out.Question, st.Data, err = s.askPasskey(ctx, tx, on.Account, factors); err != nil {
			return err
		}
		out.Token, out.ExpiresAt, err = s.open(ctx, tx, st, now)
		return err
	})
	return out, err
}

// ByPasskey is somebody who wants to get in with nothing but a passkey.
type ByPasskey struct {
	Step    string // the token of the question
	Answer  []byte // the browser's, as JSON
	Device  session.Device
	App     string
	Address netip.Addr
	Resume  bool // end the account's pause, where it is paused
}

// SignInByPasskey starts a session for whoever the passkey belongs to: it is two
// factors in one, the key and what unlocks it.
func (s *Service) SignInByPasskey(ctx context.Context, in ByPasskey) (out SignedIn, err error) {
	if err := session.CheckDevice(in.Device); err != nil {
		return out, err
	}
	st, err := s.peek(ctx, stepSignIn, in.Step)
	if err != nil {
		return out, err
	}
	data, parsed, err := read(st.Data, in.Answer)
	if err != nil {
		return out, err
	}
	account := ""
	if err := s.View(ctx, func(tx Tx) error {
		account, err = tx.AccountByPasskeyUser(ctx, parsed.Response.UserHandle)
		return err
	}); err != nil {
		return out, err
	}
	try := throttle.Try{Account: account, Name: "passkey", Address: in.Address}
	err = s.Guesses.Guard(ctx, try, func() error {
		return s.InTx(ctx, func(tx Tx) error {
			if account == "" {
				return errPasskey()
			}
			if err := tx.LockAccount(ctx, account); err != nil {
				return err
			}
			now := s.Now()
			if err := s.take(ctx, tx, st, now); err != nil {
				return err
			}
			if err := s.Guesses.Allow(ctx, tx, try); err != nil {
				return err
			}
			methods, err := s.discovered(ctx, tx, account, data, parsed, now)
			if err != nil {
				return err
			}
			out, err = s.enter(ctx, tx, session.Beginning{Account: account, Device: in.Device, App: in.App, Address: in.Address,
				Proof: session.Proof{At: now, Methods: methods}}, in.Resume)
			return err
		})
	})
	return out, err
}

func (s *Service) discovered(ctx context.Context, tx Tx, account string, data webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData, now time.Time) ([]string, error) {
	factors, err := confirmed(ctx, tx, account)
	if err != nil {
		return nil, err
	}
	who, err := s.bearer(ctx, tx, account, factors)
	if err != nil {
		return nil, err
	}
	web, err := s.site()
	if err != nil {
		return nil, err
	}
	_, credential, err := web.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return who, nil }, data, parsed)
	if err != nil {
		return nil, errPasskey()
	}
	return s.keepPasskey(ctx, tx, factors, credential, parsed, now)
}
