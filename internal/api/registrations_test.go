package api_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/signal"
)

func registrationOpen(c *config.Config, _ *app.World) { c.Registration = "open" }

func TestRegistering(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx, nobody := t.Context(), s.with("")
		free := client.Identifier{Kind: client.Email, Value: "New.One@example.com"}
		owner, name := s.Person()
		s.Letters(owner.ID)
		taken := client.Identifier{Kind: client.Email, Value: name + "@example.com"}
		at := func(id client.Identifier, code string) client.NewRegistration {
			return client.NewRegistration{Kind: id.Kind, Value: id.Value, Code: code, Name: "New One", Locale: "en", Password: "a very long passphrase"}
		}
		one, err := nobody.BeginRegistration(ctx, free)
		s.Must(err)
		two, err := nobody.BeginRegistration(ctx, taken)
		s.Must(err)
		if one.NextAt.Sub(one.ExpiresAt) != two.NextAt.Sub(two.ExpiresAt) {
			t.Errorf("free %+v, taken %+v", one, two)
		}
		if told := s.told(owner.ID); len(told) != 1 || told[0] != signal.IdentifierWanted {
			t.Errorf("the owner was told %v", told)
		}
		code := s.Code("")
		_, err = nobody.Register(ctx, at(taken, code))
		refused(t, err, "code_wrong")
		weak := at(free, code)
		weak.Password = "NewOne2026NewOne2026"
		_, err = nobody.Register(ctx, weak)
		refused(t, err, "validation_failed")
		a, err := nobody.Register(ctx, at(free, code))
		s.Must(err)
		if len(a.Verified) != 1 || a.Verified[0].Value != "new.one@example.com" {
			t.Errorf("%+v", a)
		}
		_, err = nobody.Register(ctx, at(free, code))
		refused(t, err, "code_wrong")
		if _, err := s.enter("new.one@example.com", "a very long passphrase"); err != nil {
			t.Error(err)
		}
		_, err = nobody.BeginRegistration(ctx, taken)
		refused(t, err, "too_many_codes")
	}, registrationOpen)
}

func TestRegistrationIsClosedUnlessAnOperatorMakesALink(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		id := client.Identifier{Kind: client.Email, Value: "guest@example.com"}
		_, err := s.with("").BeginRegistration(ctx, id)
		refused(t, err, "registration_closed")
		made, err := s.callers["operator"].MakeRegisterLink(ctx, id)
		s.Must(err)
		in := client.NewRegistration{Kind: id.Kind, Value: "somebody.else@example.com", Token: tokenOf(made.Link), Password: "a very long passphrase"}
		_, err = s.with("").Register(ctx, in)
		refused(t, err, "code_wrong")
		in.Value = id.Value
		if _, err := s.with("").Register(ctx, in); err != nil {
			t.Error(err)
		}
	})
}

func TestAddingAnIdentifierToTheOwnAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name, c := s.newcomer()
		owner, others := s.Person()
		s.Letters(a.ID)
		s.Letters(owner.ID)
		more := client.Identifier{Kind: client.Mobile, Value: "+8613800138000"}
		sent, err := c.AddOwnIdentifier(ctx, more)
		s.Must(err)
		code := s.Code(a.ID)
		if code == "" || !sent.ExpiresAt.After(sent.NextAt) {
			t.Fatalf("%q, %+v", code, sent)
		}
		s.Clock.Advance(2 * time.Minute)
		taken := client.Identifier{Kind: client.Email, Value: others + "@example.com"}
		_, err = c.AddOwnIdentifier(ctx, taken)
		s.Must(err)
		if told := s.told(owner.ID); len(told) != 1 || told[0] != signal.IdentifierWanted {
			t.Errorf("the owner was told %v", told)
		}
		refused(t, c.VerifyOwnIdentifier(ctx, client.Verification{Kind: taken.Kind, Value: taken.Value, Code: code}), "code_wrong")
		s.Must(c.VerifyOwnIdentifier(ctx, client.Verification{Kind: more.Kind, Value: more.Value, Code: code}))
		own, err := c.OwnAccount(ctx)
		s.Must(err)
		if len(own.Account.Identifiers) != 3 || len(own.Account.Verified) != 1 {
			t.Errorf("%+v", own.Account)
		}
		s.Clock.Advance(2 * time.Minute)
		mine := client.Identifier{Kind: client.Email, Value: name + "@example.com"}
		_, err = c.AddOwnIdentifier(ctx, mine)
		s.Must(err)
		s.Must(c.VerifyOwnIdentifier(ctx, client.Verification{Kind: mine.Kind, Value: mine.Value, Code: s.Code(a.ID)}))
		s.Must(c.RemoveOwnIdentifier(ctx, more))
	})
}

// A code by mail is a proof, for whoever has no second factor.
func TestProvingByAMailedCode(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name := s.known()
		c := s.with(s.SignIn(name).Token)
		_, err := c.SendProofCode(ctx)
		s.Must(err)
		code := s.Code(a.ID)
		_, err = s.with(s.SignIn(name).Token).ProveIdentity(ctx, client.NewProof{MailedCode: code})
		refused(t, err, "code_wrong") // of another session
		p, err := c.ProveIdentity(ctx, client.NewProof{MailedCode: code})
		s.Must(err)
		if len(p.Methods) != 1 || p.Methods[0] != "mail" {
			t.Errorf("%v", p.Methods)
		}
	})
}
