package identity_test

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/signoff-id/signoff/internal/identity"
)

// A hash that was made elsewhere is verified as its makers do. The vectors are
// those of RFC 7914, section 11.
func TestImportedHashesAreVerified(t *testing.T) {
	h := identity.NewHasher(rand.Reader, identity.Cost{Memory: 64, Passes: 1})
	for _, c := range []struct {
		password, salt string
		iterations     int
		key            string
	}{
		{"passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"},
		{"Password", "NaCl", 80000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"},
	} {
		key, err := hex.DecodeString(c.key)
		if err != nil {
			t.Fatal(err)
		}
		b64 := base64.RawStdEncoding
		phc := fmt.Sprintf("$pbkdf2-sha256$i=%d$%s$%s", c.iterations, b64.EncodeToString([]byte(c.salt)), b64.EncodeToString(key))
		for password, want := range map[string]bool{c.password: true, c.password + " ": false, "": false} {
			if ok, err := h.Matches(t.Context(), phc, password); err != nil || ok != want {
				t.Errorf("%q: %v, %v; want %v", password, ok, err, want)
			}
		}
	}
}

// What would cost too much, or prove too little, is not taken.
func TestNotEveryHashIsVerifiable(t *testing.T) {
	const key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" // 32 bytes
	for phc, want := range map[string]bool{
		"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$" + key:       true,
		"$argon2id$v=19$m=7168,t=5,p=1$AAAAAAAAAAA$" + key:        true,
		"$pbkdf2-sha512$i=210000$AAAAAAAAAAA$" + key:              true,
		"$argon2id$v=19$m=1048576,t=2,p=1$AAAAAAAAAAA$" + key:     false,
		"$argon2id$v=19$m=64,t=4000000000,p=1$AAAAAAAAAAA$" + key: false,
		"$argon2id$v=19$m=0,t=0,p=1$AAAAAAAAAAA$" + key:           false,
		"$argon2id$v=19$m=19456,t=2,p=4$AAAAAAAAAAA$" + key:       false,
		"$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$" + key:        false,
		"$pbkdf2-sha256$i=2000000000$AAAAAAAAAAA$" + key:          false,
		"$pbkdf2-sha256$i=0$AAAAAAAAAAA$" + key:                   false,
		"$pbkdf2-sha256$i=1$AAAAAAAAAAA$":                         false,
		"$pbkdf2-sha256$i=1$AAAAAAAAAAA$AAAA":                     false,
		"$2a$10$abc":                                              false, "": false, "$$$$$": false,
	} {
		if identity.Verifiable(phc) != want {
			t.Errorf("%s: %v, want %v", phc, !want, want)
		}
	}
}
