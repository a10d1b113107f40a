package identity_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

func TestAPasswordMatchesItsOwnHashOnly(t *testing.T) {
	h := identity.NewHasher(rand.Reader, identity.Cost{Memory: 64, Passes: 1})
	phc, err := h.Hash(t.Context(), "密码 with spaces")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("not a PHC string: %s", phc)
	}
	for password, want := range map[string]bool{"密码 with spaces": true, "密码 with space": false, "": false} {
		if ok, err := h.Matches(t.Context(), phc, password); err != nil || ok != want {
			t.Errorf("%q: %v, %v; want %v", password, ok, err, want)
		}
	}
	// No hash is nobody's, whatever the password.
	if ok, err := h.Matches(t.Context(), "", "no password has this hash"); ok || err != nil {
		t.Errorf("the empty hash matched: %v, %v", ok, err)
	}
	if _, err := h.Matches(t.Context(), "$2a$10$abc", "x"); err == nil {
		t.Error("a hash of another kind was read")
	}
}

// A hash keeps its own cost: raising the standard locks nobody out.
func TestAnOldCostIsStillRead(t *testing.T) {
	old := identity.NewHasher(rand.Reader, identity.Cost{Memory: 32, Passes: 1})
	phc, err := old.Hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	now := identity.NewHasher(rand.Reader, identity.Cost{Memory: 128, Passes: 2})
	if ok, err := now.Matches(t.Context(), phc, "correct horse"); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
}

func TestNewPasswordsAreHeldAgainstTheRules(t *testing.T) {
	r := identity.PasswordRules{MinLength: 8, Words: []string{"signoff", "https://id.example.com"}}
	for password, want := range map[string]string{
		"1234567": "password_too_short", "密码": "password_too_short", "\xff12345678": "invalid_utf8", strings.Repeat("ab", 513): "password_too_long",
		"password": "password_common", "PassWord": "password_common", "ｐａｓｓｗｏｒｄ": "password_common", "password2026!": "password_common",
		"12345678": "password_common", "987654321": "password_common", "aaaaaaaaaaaa": "password_common", "abcabcabcabc": "password_common",
		"woaini1314": "password_common", "密码密码密码密码": "password_common", "dragondragon": "password_common",
		"signoff2026": "password_common", "li.ming@corp.example": "password_common", "LiMing1990": "password_common", "李明李明李明李明": "password_common",
		"correct horse battery": "", "a very long passphrase": "", "我家门前有两棵枣树一棵": "", "vz7-kq2w": "", "password is not my word": "",
	} {
		err := r.Check(password, "Li Ming", "李明", "li.ming@corp.example")
		got := ""
		if err != nil {
			got = fault.Of(err).Fields[0].Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
	if err := (identity.PasswordRules{}).Check("fourteen signs"); !strings.Contains(fault.Of(err).Error(), "password_too_short") {
		t.Errorf("by itself the least is 15: %v", err)
	}
}

// Wide and narrow letters are one password.
func TestAPasswordIsTheSameOnEveryKeyboard(t *testing.T) {
	h := identity.NewHasher(rand.Reader, identity.Cost{Memory: 64, Passes: 1})
	phc, err := h.Hash(t.Context(), "ｈｏｒｓｅ　１２３")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := h.Matches(t.Context(), phc, "horse 123"); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
}
