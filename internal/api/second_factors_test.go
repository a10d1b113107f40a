package api_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
	"github.com/pquerna/otp/totp"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// onBoth runs a test on both engines.
func onBoth(t *testing.T, test func(t *testing.T, s *scene), options ...apptest.Option) {
	t.Helper()
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) { test(t, newScene(t, engine, options...)) })
	}
}

// refused checks an answer's code.
func refused(t *testing.T, err error, code string) {
	t.Helper()
	p, ok := errors.AsType[*client.Problem](err)
	if !ok || p.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

// newcomer is somebody with a session.
func (s *scene) newcomer() (a identity.Account, name string, c *client.Client) {
	a, name = s.Person()
	return a, name, s.with(s.SignIn(name).Token)
}

func (s *scene) enter(name, password string) (client.StartedSession, error) {
	return s.with("").SignIn(s.T.Context(), client.NewSession{Name: name, Password: password, Device: client.Device{Kind: client.Phone}, App: "crm"})
}

// code gives the code that an app shows at this moment.
func (s *scene) code(secret string) string {
	c, err := totp.GenerateCode(secret, s.Clock.Now())
	s.Must(err)
	return c
}

// enrol adds an authenticator app and gives its secret.
func (s *scene) enrol(c *client.Client) (secret, id string) {
	s.T.Helper()
	begun, err := c.BeginTOTP(s.T.Context(), "My phone")
	s.Must(err)
	_, err = c.ConfirmTOTP(s.T.Context(), begun.ID, s.code(begun.Secret))
	s.Must(err)
	return begun.Secret, begun.ID
}

func TestSigningInWithAnAuthenticatorApp(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name, c := s.newcomer()
		other := s.SignIn(name)
		begun, err := c.BeginTOTP(ctx, "My phone")
		s.Must(err)
		if in, err := s.enter(name, apptest.Password); err != nil || in.Token == "" {
			t.Errorf("an app that never worked counts: %+v, %v", in, err)
		}
		_, err = c.ConfirmTOTP(ctx, begun.ID, "000000")
		refused(t, err, "code_wrong")
		first := s.code(begun.Secret)
		added, err := c.ConfirmTOTP(ctx, begun.ID, first)
		s.Must(err)
		if len(added.RecoveryCodes) != 10 || s.Alive(other.Token) {
			t.Errorf("%d recovery codes; the other session lives: %v", len(added.RecoveryCodes), s.Alive(other.Token))
		}

		half, err := s.enter(name, apptest.Password)
		s.Must(err)
		if half.Token != "" || half.SecondFactor == nil || !slices.Equal(half.SecondFactor.Methods, []string{"totp", "recovery_code"}) {
			t.Fatalf("%+v", half)
		}
		token := half.SecondFactor.Token
		_, err = s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: token, Code: first})
		refused(t, err, "code_wrong") // a code counts once
		s.Clock.Advance(time.Minute)
		in, err := s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: token, Code: s.code(begun.Secret)})
		s.Must(err)
		if !s.Alive(in.Token) {
			t.Error("no session")
		}
		sessions, err := s.App.Sessions.List(ctx, a.ID)
		s.Must(err)
		if got := sessions[0].Proof.Methods; !slices.Equal(got, []string{"pwd", "otp", "mfa"}) {
			t.Errorf("the proof says %v", got)
		}
		_, err = s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: token, RecoveryCode: added.RecoveryCodes[0]})
		refused(t, err, "step_not_valid") // a step counts once

		half, err = s.enter(name, apptest.Password)
		s.Must(err)
		if _, err = s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: half.SecondFactor.Token, RecoveryCode: strings.ToUpper(added.RecoveryCodes[0])}); err != nil {
			t.Error(err)
		}
		half, err = s.enter(name, apptest.Password)
		s.Must(err)
		_, err = s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: half.SecondFactor.Token, RecoveryCode: added.RecoveryCodes[0]})
		refused(t, err, "code_wrong")
		if f, err := c.OwnFactors(ctx); err != nil || f.RecoveryCodes != 9 || len(f.Factors) != 1 || f.Factors[0].Name != "My phone" {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

func TestAStepDiesOfWrongCodesTimeAndChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name, c := s.newcomer()
		secret, id := s.enrol(c)
		half := func() string {
			in, err := s.enter(name, apptest.Password)
			s.Must(err)
			return in.SecondFactor.Token
		}
		dead := func(token string) {
			t.Helper()
			s.Clock.Advance(time.Minute)
			_, err := s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: token, Code: s.code(secret)})
			refused(t, err, "step_not_valid")
		}
		token := half()
		for range 5 {
			_, err := s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: token, Code: "000000"})
			refused(t, err, "code_wrong")
		}
		dead(token)
		token = half()
		s.Clock.Advance(5 * time.Minute)
		dead(token)
		token = half()
		s.Must(s.App.Access.SetFlags(ctx, app.Actor(), a.ID, false, true))
		s.Must(s.App.Access.SetFlags(ctx, app.Actor(), a.ID, false, false))
		dead(token)
		token = half()
		_, err := s.App.Sessions.SignOutAll(ctx, a.ID, "", "")
		s.Must(err)
		dead(token)
		token = half()
		s.Must(s.App.Access.RemoveFactor(ctx, app.Actor(), a.ID, id, ""))
		dead(token)
		if in, err := s.enter(name, apptest.Password); err != nil || in.Token == "" {
			t.Errorf("without a factor the password suffices: %+v, %v", in, err)
		}
	})
}

// Only a complete sign-in withdraws a closure.
func TestHalfASignInWithdrawsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name, c := s.newcomer()
		secret, _ := s.enrol(c)
		done := s.Confirm(a, "wecom")
		half, err := s.enter(name, apptest.Password)
		s.Must(err)
		_, err = s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: half.SecondFactor.Token, Code: "000000"})
		refused(t, err, "code_wrong")
		if v, err := s.App.Closures.Get(ctx, done.Closure.ID, ""); err != nil || v.State != done.Closure.State {
			t.Errorf("%v, %v", v.State, err)
		}
		s.Clock.Advance(time.Minute)
		in, err := s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: half.SecondFactor.Token, Code: s.code(secret)})
		s.Must(err)
		if in.WithdrewClosure == nil {
			t.Error("a complete sign-in withdrew nothing")
		}
	})
}

func atADomain(c *config.Config, _ *app.World) { c.PublicURL = "https://id.example.com" }

// key is a security key or a phone's passkey.
type key struct {
	t      *testing.T
	rp     virtualwebauthn.RelyingParty
	device virtualwebauthn.Authenticator
	cred   virtualwebauthn.Credential
}

func newKey(t *testing.T, origin string) *key {
	return &key{t: t, rp: virtualwebauthn.RelyingParty{Name: "signoff.test", ID: "id.example.com", Origin: origin},
		device: virtualwebauthn.NewAuthenticator(), cred: virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)}
}

func (k *key) make(q client.Question) json.RawMessage {
	o, err := virtualwebauthn.ParseAttestationOptions(`{"publicKey":` + string(q.PublicKey) + `}`)
	if err != nil {
		k.t.Fatal(err)
	}
	answer := virtualwebauthn.CreateAttestationResponse(k.rp, k.device, k.cred, *o)
	var id struct {
		User struct{ ID string } `json:"user"`
	}
	if err := json.Unmarshal(q.PublicKey, &id); err != nil {
		k.t.Fatal(err)
	}
	k.device.Options.UserHandle = decode(k.t, id.User.ID)
	k.device.AddCredential(k.cred)
	return json.RawMessage(answer)
}

func (k *key) sign(publicKey json.RawMessage) json.RawMessage {
	o, err := virtualwebauthn.ParseAssertionOptions(`{"publicKey":` + string(publicKey) + `}`)
	if err != nil {
		k.t.Fatal(err)
	}
	k.cred.Counter++
	return json.RawMessage(virtualwebauthn.CreateAssertionResponse(k.rp, k.device, k.cred, *o))
}

func TestPasskeys(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name, c := s.newcomer()
		k, foreign := newKey(t, "https://id.example.com"), newKey(t, "https://id.example.net")
		q, err := c.BeginPasskey(ctx)
		s.Must(err)
		if strings.Contains(string(q.PublicKey), a.ID) {
			t.Error("the passkey learns the account's id")
		}
		_, err = c.AddPasskey(ctx, client.NewPasskey{Token: q.Token, Passkey: foreign.make(q)})
		refused(t, err, "passkey_wrong")
		q, err = c.BeginPasskey(ctx)
		s.Must(err)
		added, err := c.AddPasskey(ctx, client.NewPasskey{Token: q.Token, Name: "Blue key", Passkey: k.make(q)})
		s.Must(err)
		if len(added.RecoveryCodes) != 10 {
			t.Errorf("%d recovery codes", len(added.RecoveryCodes))
		}

		half, err := s.enter(name, apptest.Password)
		s.Must(err)
		again, err := s.App.Access.Waiting(ctx, half.SecondFactor.Token) // as a page that is loaded again asks
		s.Must(err)
		var asked struct {
			PublicKey json.RawMessage `json:"publicKey"`
		}
		s.Must(json.Unmarshal(again.Passkey, &asked))
		if !slices.Equal(again.Methods, half.SecondFactor.Methods) {
			t.Errorf("%v is asked for, then %v", half.SecondFactor.Methods, again.Methods)
		}
		answer := k.sign(asked.PublicKey)
		in, err := s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: half.SecondFactor.Token, Passkey: answer})
		s.Must(err)
		c = s.with(in.Token)
		_, err = s.App.Access.Waiting(ctx, half.SecondFactor.Token)
		if !fault.Is(err, "step_not_valid") {
			t.Errorf("a sign-in that is complete still waits: %v", err)
		}

		half, err = s.enter(name, apptest.Password)
		s.Must(err)
		_, err = s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: half.SecondFactor.Token, Passkey: answer})
		refused(t, err, "passkey_wrong") // an answer to another question
		k.cred.Counter = 0
		half, err = s.enter(name, apptest.Password)
		s.Must(err)
		_, err = s.with("").CompleteSignIn(ctx, client.NewSecondFactor{Token: half.SecondFactor.Token, Passkey: k.sign(half.SecondFactor.PublicKey)})
		refused(t, err, "passkey_wrong") // a counter that goes back: there are two of it
		k.cred.Counter = 10

		q, err = s.with("").AskAnyPasskey(ctx)
		s.Must(err)
		in, err = s.with("").SignInByPasskey(ctx, client.PasskeySession{Token: q.Token, Passkey: k.sign(q.PublicKey), Device: client.Device{Kind: client.Phone}, App: "crm"})
		s.Must(err)
		if own, err := s.with(in.Token).OwnAccount(ctx); err != nil || own.Account.ID != a.ID {
			t.Errorf("%+v, %v", own, err)
		}

		q, err = c.AskPasskey(ctx)
		s.Must(err)
		p, err := c.ProveIdentity(ctx, client.NewProof{Token: q.Token, Passkey: k.sign(q.PublicKey)})
		s.Must(err)
		if !slices.Contains(p.Methods, "hwk") && !slices.Contains(p.Methods, "swk") {
			t.Errorf("proved by %v", p.Methods)
		}
		s.Must(c.RenameOwnFactor(ctx, added.ID, "Red key"))
		s.Must(c.RemoveOwnFactor(ctx, added.ID))
		if f, err := c.OwnFactors(ctx); err != nil || len(f.Factors) != 0 || f.RecoveryCodes != 0 {
			t.Errorf("%+v, %v", f, err)
		}
	}, atADomain)
}

func TestWithoutADomainThereAreNoPasskeys(t *testing.T) {
	s := newScene(t, "sqlite")
	_, err := s.with("").AskAnyPasskey(t.Context())
	refused(t, err, "passkeys_unavailable")
}

// What changes who can get in asks for a fresh proof of identity.
func TestFactorsAskForAFreshProof(t *testing.T) {
	s := newScene(t, "sqlite")
	ctx := t.Context()
	_, _, c := s.newcomer()
	secret, id := s.enrol(c)
	s.Clock.Advance(time.Hour)
	refused(t, c.RemoveOwnFactor(ctx, id), "proof_required")
	_, err := c.BeginTOTP(ctx, "")
	refused(t, err, "proof_required")
	_, err = c.RenewRecoveryCodes(ctx)
	refused(t, err, "proof_required")
	_, err = c.AddOwnIdentifier(ctx, client.Identifier{Kind: client.Email, Value: "x@example.com"})
	refused(t, err, "proof_required")
	_, err = c.ChangePassword(ctx, client.PasswordChange{New: "a very long passphrase"})
	refused(t, err, "proof_required")
	_, err = c.SendProofCode(ctx)
	refused(t, err, "proof_method_unavailable") // a mailbox does not stand in for a second factor
	_, err = c.ProveIdentity(ctx, client.NewProof{Password: apptest.Password, Code: "123456"})
	refused(t, err, "validation_failed")
	p, err := c.ProveIdentity(ctx, client.NewProof{Code: s.code(secret)})
	s.Must(err)
	if !slices.Equal(p.Methods, []string{"otp"}) {
		t.Errorf("%v", p.Methods)
	}
	s.Must(c.RemoveOwnFactor(ctx, id))
}

func decode(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A closure is confirmed by a proof on the session, where the policy allows its
// method; having signed in a moment ago is none.
func TestConfirmingAClosureByAProofOnTheSession(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		for policy, want := range map[string]string{"wecom": "", "dingtalk": "proof_required"} {
			_, name, _ := s.newcomer()
			c := s.with(s.SignIn(name).Token)
			secret, _ := s.enrol(c)
			asked, err := c.RequestClosure(ctx, client.NewClosure{Policy: policy})
			s.Must(err)
			_, err = c.ConfirmClosure(ctx, asked.ID, "")
			refused(t, err, "proof_required")
			s.Clock.Advance(time.Minute)
			_, err = c.ProveIdentity(ctx, client.NewProof{Code: s.code(secret)})
			s.Must(err)
			if _, err = c.ConfirmClosure(ctx, asked.ID, ""); want != "" {
				refused(t, err, want)
			} else if err != nil {
				t.Error(err)
			}
		}
	})
}
