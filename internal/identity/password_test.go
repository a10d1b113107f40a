package identity_test

import (
	"crypto/rand"
	"strings"
	"testing"

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

func TestPasswordsAreHeldAgainstLengthAlone(t *testing.T) {
	for password, want := range map[string]bool{"1234567": false, "12345678": true, "密码密码密码密码": true, "\xff12345678": false,
		strings.Repeat("a", 1024): true, strings.Repeat("a", 1025): false} {
		if err := identity.CheckPassword(password); (err == nil) != want {
			t.Errorf("%d bytes: %v", len(password), err)
		}
	}
}
