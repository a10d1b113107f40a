package access

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// Asked is a question to a passkey, and the token under which its answer comes.
type Asked struct {
	Token     string
	ExpiresAt time.Time
	Question  []byte // JSON for navigator.credentials
}

// BeginPasskey asks for a new passkey.
func (s *Service) BeginPasskey(ctx context.Context, on session.Session) (out Asked, err error) {
	web, err := s.site()
	if err != nil {
		return out, err
	}
	err = s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
		factors, err := confirmed(ctx, tx, on.Account)
		if err != nil {
			return err
		}
		if len(factors) >= maxFactors {
			return fault.New(fault.Conflict, "factors_too_many", "max", maxFactors)
		}
		who, err := s.bearer(ctx, tx, on.Account, factors)
		if err != nil {
			return err
		}
		var known []protocol.CredentialDescriptor
		for _, c := range who.credentials {
			known = append(known, c.Descriptor())
		}
		options, data, err := web.BeginRegistration(who, webauthn.WithExclusions(known))
		if err != nil {
			return errPasskey()
		}
		st := Step{Purpose: stepEnrol, Account: on.Account, Session: on.ID, Proof: on.Proof}
		if out.Question, st.Data, err = both(options, data); err != nil {
			return err
		}
		out.Token, out.ExpiresAt, err = s.open(ctx, tx, st, now)
		return err
	})
	return out, err
}

// AddPasskey keeps a new passkey. With the account's first factor come recovery
// codes, told this once. All other sessions end.
func (s *Service) AddPasskey(ctx context.Context, on session.Session, token, name string, answer []byte) (id string, recovery []string, err error) {
	name = strings.TrimSpace(name)
	if err := checkFactorName(name); err != nil {
		return "", nil, err
	}
	web, err := s.site()
	if err != nil {
		return "", nil, err
	}
	st, err := s.peek(ctx, stepEnrol, token)
	if err != nil {
		return "", nil, err
	}
	if st.Account != on.Account || st.Session != on.ID {
		return "", nil, errStep()
	}
	var data webauthn.SessionData
	if err := json.Unmarshal([]byte(st.Data), &data); err != nil {
		return "", nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return "", nil, errPasskey()
	}
	err = s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
		if err := s.take(ctx, tx, st, now); err != nil {
			return err
		}
		factors, err := confirmed(ctx, tx, on.Account)
		if err != nil {
			return err
		}
		who, err := s.bearer(ctx, tx, on.Account, factors)
		if err != nil {
			return err
		}
		credential, err := web.CreateCredential(who, data, parsed)
		if err != nil {
			return errPasskey()
		}
		record, err := json.Marshal(credential)
		if err != nil {
			return err
		}
		id = s.NewID()
		if err := tx.InsertFactor(ctx, Factor{ID: id, Account: on.Account, Kind: Passkey, Name: name, Secret: string(record),
			Credential: s.Hash("access.passkey", string(credential.ID)), CreatedAt: now, ConfirmedAt: now}); err != nil {
			return err
		}
		if recovery, err = s.firstCodes(ctx, tx, on.Account); err != nil {
			return err
		}
		return s.factorChanged(ctx, tx, member(on.Account), on.Account, on.ID, signal.FactorAdded, Passkey, now)
	})
	return id, recovery, err
}
