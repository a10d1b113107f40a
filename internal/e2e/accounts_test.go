package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app/apptest"
)

func TestAccounts(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "identifiers are one name however written", identifiersAreOneNameHoweverWritten)
		s.run(t, "accounts from their making on", accountsFromTheirMakingOn)
		s.run(t, "accounts that cannot be", accountsThatCannotBe)
		s.run(t, "bindings arrears flags and grants", bindingsArrearsFlagsAndGrants)
	})
}

// Whatever way a person writes a mobile number, an address or a user name, it is
// one name, and it belongs to one account.
func identifiersAreOneNameHoweverWritten(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	local := strings.TrimPrefix(p.mobile, "+86")
	written := map[string]client.Identifier{
		local: {Kind: client.Mobile, Value: p.mobile},
		"+86 " + local[:3] + " " + local[3:7] + " " + local[7:]: {Kind: client.Mobile, Value: p.mobile},
		strings.ToUpper(p.email):                                {Kind: client.Email, Value: p.email},
		"  " + p.email + " ":                                    {Kind: client.Email, Value: p.email},
		strings.ToUpper(p.username):                             {Kind: client.Username, Value: p.username},
		"ｘｉａｏｍｉｎｇ" + p.username[8:]:                             {Kind: client.Username, Value: p.username},
	}
	for way, id := range written {
		found, err := s.operator.FindAccount(ctx, way)
		if err != nil || found.ID != p.id {
			t.Errorf("%q finds %q, %v", way, found.ID, err)
		}
		if in, err := s.trySignIn(way, p.password, client.Phone); err != nil || in.Session.Device.Kind != client.Phone {
			t.Errorf("%q signs nobody in: %v", way, err)
		}
		if _, err := s.operator.CreateAccount(ctx, client.NewAccount{Identifiers: []client.Identifier{{Kind: id.Kind, Value: way}}}); !client.HasCode(err, "identifier_taken") {
			t.Errorf("%q is given to somebody else: %v", way, err)
		}
	}
}

func accountsFromTheirMakingOn(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	made, err := s.operator.Account(ctx, p.id)
	s.Must(err)
	if a := made.Account; a.State != "active" || a.Name != p.name || a.Locale != "en" || a.ClosedAt != nil || !slices.Equal(a.Identifiers, p.identifiers()) {
		t.Errorf("made as %+v", a)
	}
	if own, err := p.OwnAccount(ctx); err != nil || own.Account.ID != p.id || len(own.Grants) != 0 {
		t.Errorf("the own profile: %+v, %v", own, err)
	}
	s.told(p, "account_created")

	more := client.Identifier{Kind: client.Email, Value: "second." + p.email}
	s.planted.add(more.Value)
	added, err := s.operator.AddIdentifier(ctx, p.id, client.Identifier{Kind: client.Email, Value: strings.ToUpper(more.Value)})
	if err != nil || added != more {
		t.Errorf("added as %+v, %v", added, err)
	}
	for _, id := range append(p.identifiers(), more) {
		err := s.operator.RemoveIdentifier(ctx, p.id, id)
		if id == more && !client.HasCode(err, "identifier_last") || id != more && err != nil {
			t.Errorf("removing %s: %v", id.Kind, err)
		}
	}
	if _, err := s.trySignIn(p.username, p.password, client.Phone); !client.HasCode(err, "credentials_wrong") {
		t.Errorf("a name that was taken away still signs in: %v", err)
	}
	s.Must(s.operator.SetPassword(ctx, p.id, "another good passphrase"))
	if _, err := s.trySignIn(more.Value, p.password, client.Phone); !client.HasCode(err, "credentials_wrong") {
		t.Errorf("the old password: %v", err)
	}
	if _, err := s.trySignIn(more.Value, "another good passphrase", client.Phone); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

// One answer names everything that is wrong, and nothing is made.
func accountsThatCannotBe(t *testing.T, s *stage) {
	ctx := t.Context()
	s.settle()
	before := s.dump()
	_, err := s.operator.CreateAccount(ctx, client.NewAccount{Name: strings.Repeat("长", 201), Locale: "fr", Password: "short", Identifiers: []client.Identifier{
		{Kind: client.Mobile, Value: "12345"}, {Kind: client.Email, Value: "nobody"}, {Kind: client.Username, Value: "13800138000"}, {Kind: client.Username, Value: "a b"}}})
	want := []string{"identifiers[0].value mobile_invalid", "identifiers[1].value email_invalid", "identifiers[2].value username_invalid",
		"identifiers[3].value username_invalid", "locale locale_unknown", "name name_too_long", "password password_too_short"}
	if got := fieldsOf(err); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	s.mustBe(before)
	unknown := "01900000-0000-7000-8000-000000000000"
	for what, err := range map[string]error{
		"a password": s.operator.SetPassword(ctx, unknown, apptest.Password), "flags": s.operator.SetFlags(ctx, unknown, true, true),
		"a grant": s.operator.Grant(ctx, unknown, client.Auditor), "reading": drop(s.operator.Account(ctx, unknown)),
		"a binding": drop(s.operator.AddBinding(ctx, unknown, client.NewBinding{Service: "alipay"})),
		"notices":   drop(s.operator.Notices(ctx, unknown)),
	} {
		if !client.HasCode(err, "account_not_found") {
			t.Errorf("%s for nobody: %v", what, err)
		}
	}
	s.mustBe(before)
}

// What stands in a closure's way is recorded and taken away again.
func bindingsArrearsFlagsAndGrants(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	s.planted.add("alipay-user-2088", "order 2026-0031")
	bound, err := s.operator.AddBinding(ctx, p.id, client.NewBinding{Service: " Alipay ", Reference: "alipay-user-2088"})
	s.Must(err)
	second, err := s.operator.AddBinding(ctx, p.id, client.NewBinding{Service: "taobao"})
	s.Must(err)
	owed, err := s.operator.AddArrear(ctx, p.id, client.NewArrear{Currency: "cny", Amount: 12_345, Reference: "order 2026-0031"})
	s.Must(err)
	s.Must(s.operator.SetFlags(ctx, p.id, true, false))
	s.Must(s.operator.Grant(ctx, p.id, client.Auditor))
	s.Must(s.operator.Grant(ctx, p.id, client.Auditor)) // again changes nothing
	got, err := s.operator.Account(ctx, p.id)
	s.Must(err)
	if len(got.Bindings) != 2 || got.Bindings[0] != bound || bound.Service != "alipay" || bound.Reference != "alipay-user-2088" ||
		len(got.Arrears) != 1 || got.Arrears[0] != owed || owed.Currency != "CNY" || owed.Amount != 12_345 ||
		!got.Account.Stolen || got.Account.Banned || !slices.Equal(got.Grants, []string{client.Auditor}) {
		t.Errorf("profile: %+v", got)
	}
	if _, err := s.trySignIn(p.username, p.password, client.Tablet); !client.HasCode(err, "account_blocked") {
		t.Errorf("a stolen account lets in: %v", err)
	}
	if err := p.ReleaseOwnBinding(ctx, bound.ID); !client.HasCode(err, "session_not_valid") {
		t.Errorf("the flag ended no session: %v", err)
	}
	s.Must(s.operator.ReleaseBinding(ctx, p.id, second.ID))
	if err := s.operator.ReleaseBinding(ctx, p.id, second.ID); !client.HasCode(err, "binding_not_found") {
		t.Errorf("released twice: %v", err)
	}
	s.Must(s.operator.SettleArrear(ctx, p.id, owed.ID))
	if err := s.operator.SettleArrear(ctx, p.id, owed.ID); !client.HasCode(err, "arrear_not_found") {
		t.Errorf("paid twice: %v", err)
	}
	s.Must(s.operator.SetFlags(ctx, p.id, false, false))
	p.Client = s.with(s.signInAs(p, client.Phone).Token)
	s.Must(p.ReleaseOwnBinding(ctx, bound.ID))
	s.Must(s.operator.Revoke(ctx, p.id, client.Auditor))
	if err := s.operator.Revoke(ctx, p.id, client.Auditor); !client.HasCode(err, "grant_not_found") {
		t.Errorf("revoked twice: %v", err)
	}
	if got, err = s.operator.Account(ctx, p.id); err != nil || len(got.Bindings)+len(got.Arrears)+len(got.Grants) != 0 || got.Account.Stolen {
		t.Errorf("left: %+v, %v", got, err)
	}
	_, err = s.operator.AddArrear(ctx, p.id, client.NewArrear{Currency: "yuan", Amount: -1})
	if got := fieldsOf(err); !slices.Equal(got, []string{"amount amount_invalid", "currency currency_invalid"}) &&
		!slices.Equal(got, []string{"amount too_small", "currency too_long"}) {
		t.Errorf("an arrear that cannot be: %q, %v", got, err)
	}
}
