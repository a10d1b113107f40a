package access

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
)

// PasskeyTx keeps what passkeys need beside the factors.
type PasskeyTx interface {
	// PasskeyUser gives the name under which passkeys know an account: handle,
	// where it has none yet.
	PasskeyUser(ctx context.Context, account string, handle []byte) ([]byte, error)
	// AccountByPasskeyUser gives the account's id, or "" for nobody.
	AccountByPasskeyUser(ctx context.Context, handle []byte) (string, error)
}

// Passkeys is this installation as passkeys know it: a passkey works for one
// site and for no other, whatever the person is led to believe. A site without a
// domain of its own, known by an address only, has no passkeys.
type Passkeys struct{ web *webauthn.WebAuthn }

// site gives the relying party, or answers passkeys_unavailable.
func (s *Service) site() (*webauthn.WebAuthn, error) {
	if s.Passkeys.web == nil {
		return nil, fault.New(fault.Conflict, "passkeys_unavailable")
	}
	return s.Passkeys.web, nil
}

// Offered says whether this site has passkeys.
func (p *Passkeys) Offered() bool { return p.web != nil }

// NewPasskeys takes the relying party's id and its one origin from the public
// URL.
func NewPasskeys(publicURL, name string) (*Passkeys, error) {
	u, err := url.Parse(publicURL)
	if err != nil {
		return nil, fmt.Errorf("access: public URL: %w", err)
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return &Passkeys{}, nil
	}
	web, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementPreferred,
			UserVerification: protocol.VerificationPreferred}})
	if err != nil {
		return nil, fmt.Errorf("access: passkeys: %w", err)
	}
	return &Passkeys{web: web}, nil
}

// handleBytes is as long as a user handle may be (WebAuthn Level 3, 5.4.3).
const handleBytes = 64

// bearer is an account as the library asks for it.
type bearer struct {
	handle      []byte
	name        string
	credentials []webauthn.Credential
}

func (b bearer) WebAuthnID() []byte                         { return b.handle }
func (b bearer) WebAuthnName() string                       { return b.name }
func (b bearer) WebAuthnDisplayName() string                { return b.name }
func (b bearer) WebAuthnCredentials() []webauthn.Credential { return b.credentials }

func (s *Service) bearer(ctx context.Context, tx Tx, account string, factors []Factor) (b bearer, err error) {
	fresh := make([]byte, handleBytes)
	if _, err := io.ReadFull(s.Rand, fresh); err != nil {
		return b, fmt.Errorf("access: user handle: %w", err)
	}
	if b.handle, err = tx.PasskeyUser(ctx, account, fresh); err != nil {
		return b, err
	}
	a, err := tx.Account(ctx, account)
	if err != nil {
		return b, err
	}
	b.name = label(a)
	b.credentials, err = credentials(factors)
	return b, err
}

// credentials reads the records of the passkeys among factors.
func credentials(factors []Factor) (all []webauthn.Credential, err error) {
	for _, f := range factors {
		if f.Kind != Passkey {
			continue
		}
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(f.Secret), &c); err != nil {
			return nil, fmt.Errorf("access: a passkey's record: %w", err)
		}
		all = append(all, c)
	}
	return all, nil
}

// label is what an account is called in somebody's app or passkey.
func label(a identity.Account) string {
	if len(a.Identifiers) > 0 {
		return a.Identifiers[0].Value
	}
	return a.ID
}

// askPasskey makes what one of the account's passkeys is asked, and what its
// answer is held against.
func (s *Service) askPasskey(ctx context.Context, tx Tx, account string, factors []Factor) (question []byte, asked string, err error) {
	who, err := s.bearer(ctx, tx, account, factors)
	if err != nil {
		return nil, "", err
	}
	web, err := s.site()
	if err != nil {
		return nil, "", err
	}
	options, data, err := web.BeginLogin(who)
	if err != nil {
		return nil, "", errPasskey()
	}
	return both(options, data)
}

// askAgain makes the question once more that asked holds: the same challenge, so
// that no second answer comes to count.
func (s *Service) askAgain(factors []Factor, asked string) ([]byte, error) {
	var data webauthn.SessionData
	if err := json.Unmarshal([]byte(asked), &data); err != nil {
		return nil, fmt.Errorf("access: what a passkey was asked: %w", err)
	}
	question := protocol.PublicKeyCredentialRequestOptions{RelyingPartyID: data.RelyingPartyID, UserVerification: data.UserVerification}
	var err error
	if question.Challenge, err = base64.RawURLEncoding.DecodeString(data.Challenge); err != nil {
		return nil, fmt.Errorf("access: what a passkey was asked: %w", err)
	}
	known, err := credentials(factors)
	if err != nil {
		return nil, err
	}
	for _, c := range known {
		if slices.ContainsFunc(data.AllowedCredentialIDs, func(id []byte) bool { return bytes.Equal(id, c.ID) }) {
			question.AllowedCredentials = append(question.AllowedCredentials, c.Descriptor())
		}
	}
	return json.Marshal(protocol.CredentialAssertion{Response: question})
}

// both gives a question and what its answer is held against, as JSON.
func both(question, data any) ([]byte, string, error) {
	q, err := json.Marshal(question)
	if err != nil {
		return nil, "", err
	}
	d, err := json.Marshal(data)
	return q, string(d), err
}

// usePasskey checks a passkey's answer.
func (s *Service) usePasskey(ctx context.Context, tx Tx, account string, factors []Factor, asked string, answer []byte, now time.Time) ([]string, error) {
	data, parsed, err := read(asked, answer)
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
	credential, err := web.ValidateLogin(who, data, parsed)
	if err != nil {
		return nil, errPasskey()
	}
	return s.keepPasskey(ctx, tx, factors, credential, parsed, now)
}

func read(asked string, answer []byte) (data webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData, err error) {
	if asked == "" {
		return data, nil, errPasskey()
	}
	if err := json.Unmarshal([]byte(asked), &data); err != nil {
		return data, nil, fmt.Errorf("access: what a passkey was asked: %w", err)
	}
	if parsed, err = protocol.ParseCredentialRequestResponseBytes(answer); err != nil {
		return data, nil, errPasskey()
	}
	return data, parsed, nil
}

// keepPasskey writes down that a passkey was used. A counter that did not grow
// means that there are two of it: neither is let in (WebAuthn Level 3, 6.1.1).
func (s *Service) keepPasskey(ctx context.Context, tx Tx, factors []Factor, c *webauthn.Credential, parsed *protocol.ParsedCredentialAssertionData, now time.Time) ([]string, error) {
	blind := s.Hash("access.passkey", string(c.ID))
	i := slices.IndexFunc(factors, func(f Factor) bool { return slices.Equal(f.Credential, blind) })
	if i < 0 || c.Authenticator.CloneWarning {
		return nil, errPasskey()
	}
	record, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	methods := []string{session.MethodHardware}
	if c.Flags.BackupEligible {
		methods = []string{session.MethodSoftware}
	}
	if parsed.Response.AuthenticatorData.Flags.HasUserVerified() {
		methods = append(methods, session.MethodMany) // the key, and what unlocked it
	}
	return methods, tx.SavePasskey(ctx, factors[i].Account, factors[i].ID, string(record), now)
}

// errPasskey answers every passkey that does not serve. Why is for nobody but the
// log of a debugger: the library's words may quote what was sent.
func errPasskey() error { return fault.New(fault.Unauthenticated, "passkey_wrong") }
