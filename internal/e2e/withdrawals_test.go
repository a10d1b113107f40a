package e2e_test

import (
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestWithdrawals(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "withdrawing by the private link", withdrawingByThePrivateLink)
		s.run(t, "a policy whose cooling off refuses sign ins", aPolicyWhoseCoolingOffRefusesSignIns)
		s.run(t, "a request before it is confirmed", aRequestBeforeItIsConfirmed)
		s.run(t, "signing in withdraws", signingInWithdraws)
	})
}

// asBefore holds a person's account and place in the company against how they
// were before a closure that came to nothing.
func (s *stage) asBefore(t *testing.T, p *person, profile client.Profile, rows string) {
	t.Helper()
	now, err := s.operator.Account(t.Context(), p.id)
	s.Must(err)
	if now.Account.State != "active" || now.Account.Name != profile.Account.Name || len(now.Account.Identifiers) != len(profile.Account.Identifiers) ||
		len(now.Memberships) != len(profile.Memberships) {
		t.Errorf("the account is %+v, was %+v", now, profile)
	}
	if s.crm.of(t, p) != rows || s.documents(p) != 3 {
		t.Error("the company's rows or documents are not as before")
	}
}

func (s *stage) settled(p *person) (client.Profile, string) {
	s.T.Helper()
	s.works(p)
	profile, err := s.operator.Account(s.T.Context(), p.id)
	s.Must(err)
	return profile, s.crm.of(s.T, p)
}

func withdrawingByThePrivateLink(t *testing.T, s *stage) {
	ctx := t.Context()
	for _, begin := range []func(*person, client.NewClosure) client.ConfirmedClosure{s.confirmedWith, s.approved} {
		p := s.person()
		profile, rows := s.settled(p)
		begun := begin(p, client.NewClosure{Policy: "wecom"})
		status, err := s.with("").WithdrawByLink(ctx, begun.StatusToken)
		if err != nil || status.State != client.Withdrawn || status.CanWithdraw || status.EndedAt == nil || status.Message == "" {
			t.Errorf("withdrawn: %+v, %v", status, err)
		}
		if _, err := s.with("").WithdrawByLink(ctx, begun.StatusToken); !client.HasCode(err, "closure_state") {
			t.Errorf("withdrawn twice: %v", err)
		}
		s.told(p, "closure_withdrawn")
		in := s.signInAs(p, client.Phone)
		if in.WithdrewClosure != nil || s.alive(p.Token()) {
			t.Errorf("the sign-in withdraws again, or the old session lives: %+v", in)
		}
		s.asBefore(t, p, profile, rows)
		p.Client = s.with(in.Token)
		if again := s.confirmed(p, "wecom"); again.Closure.ID == begun.Closure.ID || again.StatusToken == begun.StatusToken {
			t.Error("another closure is the same one")
		}
		if status, err := s.with("").ClosureStatus(ctx, begun.StatusToken); err != nil || status.State != client.Withdrawn {
			t.Errorf("the first link shows %+v, %v", status, err)
		}
	}
	for _, token := range []string{"", "soc_", "soc_made-up", s.operator.Token()} {
		if _, err := s.with("").WithdrawByLink(ctx, token); !client.HasStatus(err, 401) {
			t.Errorf("the token %q: %v", token, err)
		}
	}
}

// A successful sign-in withdraws and says so; a failed one does nothing at all.
func signingInWithdraws(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	profile, rows := s.settled(p)
	begun := s.approved(p, client.NewClosure{Policy: "wecom"})
	for what, try := range map[string]error{
		"a wrong password":             drop(s.trySignIn(p.email, "not the passphrase", client.Phone)),
		"a device that there is not":   drop(s.trySignIn(p.email, p.password, "fridge")),
		"the reviewer's name":          drop(s.trySignIn(p.username+"x", p.password, client.Phone)),
		"the old session":              drop(p.CheckSession(ctx)),
		"confirming with the old one":  drop(p.ConfirmClosure(ctx, begun.Closure.ID, p.password)),
		"a password that is too large": drop(s.trySignIn(p.email, p.password+strings.Repeat("x", 2000), client.Phone)),
	} {
		if try == nil {
			t.Errorf("%s succeeds", what)
		}
	}
	s.Must(s.operator.SetFlags(ctx, p.id, false, true))
	if _, err := s.trySignIn(p.email, p.password, client.Phone); !client.HasCode(err, "account_blocked") {
		t.Errorf("a banned account: %v", err)
	}
	s.Must(s.operator.SetFlags(ctx, p.id, false, false))
	if status, err := s.with("").ClosureStatus(ctx, begun.StatusToken); err != nil || status.State != client.CoolingOff {
		t.Fatalf("failed sign-ins have withdrawn: %+v, %v", status, err)
	}
	s.Clock.Advance(14 * day)
	in, err := s.with("").WithLanguage("zh-CN").SignIn(ctx, client.NewSession{Name: p.mobile, Password: p.password, Device: client.Device{Kind: client.Phone}, App: "crm"})
	s.Must(err)
	s.planted.add(in.Token)
	if in.WithdrewClosure == nil || in.WithdrewClosure.ID != begun.Closure.ID || !strings.Contains(in.WithdrewClosure.Message, "自动撤销") {
		t.Errorf("the sign-in says %+v", in.WithdrewClosure)
	}
	s.told(p, "closure_withdrawn_by_sign_in")
	s.Clock.Advance(2 * day)
	s.settle()
	if got, err := s.with(in.Token).Closure(ctx, begun.Closure.ID); err != nil || got.State != client.Withdrawn || !strings.Contains(got.Message, "cooling-off") {
		t.Errorf("after the fifteen days: %+v, %v", got, err)
	}
	s.asBefore(t, p, profile, rows)
}

// Where a policy does not let a sign-in withdraw, it is refused until the end,
// and the private link is the way back.
func aPolicyWhoseCoolingOffRefusesSignIns(t *testing.T, s *stage) {
	ctx := t.Context()
	s.policy("wecom", "strict", "sign_in: withdraws", "sign_in: refused")
	p := s.person()
	begun := s.approved(p, client.NewClosure{Policy: "strict"})
	if _, err := s.trySignIn(p.email, p.password, client.Phone); !client.HasCode(err, "account_cooling_off") || !client.HasStatus(err, 409) {
		t.Errorf("a sign-in: %v", err)
	}
	if _, err := s.trySignIn(p.email, "not the passphrase", client.Phone); !client.HasCode(err, "credentials_wrong") {
		t.Errorf("a stranger learns of the closure: %v", err)
	}
	if _, err := s.with("").WithdrawByLink(ctx, begun.StatusToken); err != nil {
		t.Error(err)
	}
	s.signInAs(p, client.Phone)
}

// Before the confirmation nothing has happened: sessions live, a sign-in changes
// nothing, and a request that nobody confirms lapses.
func aRequestBeforeItIsConfirmed(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	asked, err := p.RequestClosure(ctx, client.NewClosure{Policy: "dingtalk"})
	s.Must(err)
	if _, err := p.RequestClosure(ctx, client.NewClosure{Policy: "wecom"}); !client.HasCode(err, "closure_open") {
		t.Errorf("two at once: %v", err)
	}
	if in := s.signInAs(p, client.Phone); in.WithdrewClosure != nil || !s.alive(p.Token()) {
		t.Error("a request alone ends sessions or is withdrawn by signing in")
	}
	if _, err := p.ConfirmClosure(ctx, asked.ID, "not the passphrase"); !client.HasCode(err, "credentials_wrong") || !s.alive(p.Token()) {
		t.Errorf("confirmed with a wrong password: %v", err)
	}
	other := s.person()
	if _, err := other.ConfirmClosure(ctx, asked.ID, other.password); !client.HasCode(err, "closure_not_found") {
		t.Errorf("confirmed by somebody else: %v", err)
	}
	withdrawn, err := p.WithdrawClosure(ctx, asked.ID)
	if err != nil || withdrawn.State != client.Withdrawn {
		t.Errorf("withdrawn: %+v, %v", withdrawn, err)
	}
	if _, err := p.ConfirmClosure(ctx, asked.ID, p.password); !client.HasCode(err, "closure_state") {
		t.Errorf("confirmed after the withdrawal: %v", err)
	}
	forgotten, err := p.RequestClosure(ctx, client.NewClosure{Policy: "dingtalk"})
	s.Must(err)
	s.Clock.Advance(day)
	if got := s.reaches(forgotten.ID, client.Withdrawn); got.Timeline[len(got.Timeline)-1].Event != "lapsed" || !s.alive(p.Token()) {
		t.Errorf("nobody confirmed: %+v", got)
	}
}
