package keys_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
)

func TestSignedIsVerifiedAlsoAfterRotation(t *testing.T) {
	ring := newRing(t)
	first := ring.Active()
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.SliceOf(rapid.Byte()).Draw(t, "payload")
		jws, err := ring.Sign("signoff-certificate+jws", payload)
		if err != nil {
			t.Fatal(err)
		}
		signer := ring.Active()
		if rapid.Bool().Draw(t, "rotate") {
			if err := ring.Rotate(rand.Reader, day); err != nil {
				t.Fatal(err)
			}
		}
		kid, err := keys.Verify(ring.JWKS(), "signoff-certificate+jws", payload, jws)
		if err != nil || kid != signer {
			t.Fatalf("%q by %q: %v", kid, signer, err)
		}
		if _, err := keys.Verify(ring.JWKS(), "signoff-certificate+jws", append(payload, 0), jws); !fault.Is(err, "signature_wrong") {
			t.Fatalf("another payload: %v", err)
		}
	})
	if ring.Active() == first {
		t.Error("never rotated")
	}
}

// Any other implementation of RFC 7515 must understand what Sign makes.
func TestSignIsAPlainDetachedJWS(t *testing.T) {
	ring := newRing(t)
	payload := []byte(`{"a":1}`)
	jws, err := ring.Sign("t", payload)
	if err != nil {
		t.Fatal(err)
	}
	head, sig, ok := strings.Cut(jws, "..")
	if !ok {
		t.Fatal(jws)
	}
	var set struct {
		Keys []map[string]string `json:"keys"`
	}
	if err := json.Unmarshal(ring.JWKS(), &set); err != nil || len(set.Keys) != 1 {
		t.Fatal(set, err)
	}
	k := set.Keys[0]
	if k["kty"] != "OKP" || k["crv"] != "Ed25519" || k["alg"] != "EdDSA" || k["use"] != "sig" || k["d"] != "" {
		t.Errorf("JWK %v", k)
	}
	public, err := base64.RawURLEncoding.DecodeString(k["x"])
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(sig)
	if err != nil {
		t.Fatal(err)
	}
	if !ed25519.Verify(public, []byte(head+"."+base64.RawURLEncoding.EncodeToString(payload)), raw) {
		t.Error("not the RFC 7515 signing input")
	}
	text, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil || string(text) != `{"alg":"EdDSA","kid":"`+k["kid"]+`","typ":"t"}` {
		t.Errorf("header %s, %v", text, err)
	}
}

// RFC 8037 appendix A.3 gives the thumbprint of its example key.
func TestKidIsTheThumbprint(t *testing.T) {
	seed, err := base64.RawURLEncoding.DecodeString("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
	if err != nil {
		t.Fatal(err)
	}
	ring, err := keys.Generate(bytes.NewReader(append(seed, make([]byte, 200)...)), day)
	if err != nil {
		t.Fatal(err)
	}
	if got := ring.Active(); got != "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" {
		t.Errorf("kid %s", got)
	}
}

func TestVerifyRefusesEveryOtherSpelling(t *testing.T) {
	ring := newRing(t)
	payload := []byte("payload")
	jws, err := ring.Sign("t", payload)
	if err != nil {
		t.Fatal(err)
	}
	for i := range jws {
		for bit := range 8 {
			altered := []byte(jws)
			altered[i] ^= 1 << bit
			if _, err := keys.Verify(ring.JWKS(), "t", payload, string(altered)); err == nil {
				t.Fatalf("byte %d, bit %d of %s", i, bit, jws)
			}
		}
	}
	head, sig, _ := strings.Cut(jws, "..")
	for name, text := range map[string]string{
		"empty": "", "dots": "..", "attached": head + "." + base64.RawURLEncoding.EncodeToString(payload) + "." + sig,
		"line break": head + "..\n" + sig, "space": " " + jws, "padding": jws + "=", "four parts": jws + ".",
	} {
		if _, err := keys.Verify(ring.JWKS(), "t", payload, text); !fault.Is(err, "signature_malformed") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := keys.Verify(ring.JWKS(), "u", payload, jws); !fault.Is(err, "signature_malformed") {
		t.Errorf("another typ: %v", err)
	}
	if _, err := keys.Verify(newRing(t).JWKS(), "t", payload, jws); !fault.Is(err, "signature_key_unknown") {
		t.Errorf("another ring: %v", err)
	}
}

// A well-signed JWS whose header says more, or says it otherwise, is refused.
func TestVerifyRefusesOtherHeaders(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	kid := thumb(t, public)
	jwks := keySet(t, jose.JSONWebKey{Key: public, KeyID: kid})
	sign := func(header string) string {
		head := base64.RawURLEncoding.EncodeToString([]byte(header))
		sig := ed25519.Sign(private, []byte(head+"."+base64.RawURLEncoding.EncodeToString([]byte("p"))))
		return head + ".." + base64.RawURLEncoding.EncodeToString(sig)
	}
	if _, err := keys.Verify(jwks, "t", []byte("p"), sign(`{"alg":"EdDSA","kid":"`+kid+`","typ":"t"}`)); err != nil {
		t.Fatalf("the plain header: %v", err)
	}
	for _, header := range []string{
		`{"alg":"EdDSA","kid":"` + kid + `","typ":"t","x":1}`,
		`{"alg":"EdDSA","crit":["b64"],"b64":false,"kid":"` + kid + `","typ":"t"}`,
		`{"alg":"EdDSA","kid":"` + kid + `","kid":"` + kid + `","typ":"t"}`,
		`{"alg":"EdDSA","kid":"` + kid + `","typ": "t"}`,
		`{"kid":"` + kid + `","alg":"EdDSA","typ":"t"}`,
		`{"ALG":"EdDSA","kid":"` + kid + `","typ":"t"}`,
		`{"alg":"Ed25519","kid":"` + kid + `","typ":"t"}`,
		`{"alg":"none","kid":"` + kid + `","typ":"t"}`,
		`{"alg":"EdDSA","kid":"` + kid + `"}`,
	} {
		if _, err := keys.Verify(jwks, "t", []byte("p"), sign(header)); !fault.Is(err, "signature_malformed") {
			t.Errorf("%s: %v", header, err)
		}
	}
}

func TestVerifyRefusesKeySets(t *testing.T) {
	ring := newRing(t)
	jws, err := ring.Sign("t", []byte("p"))
	if err != nil {
		t.Fatal(err)
	}
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, jwks := range map[string][]byte{
		"nothing": nil, "not JSON": []byte("x"), "no keys": []byte(`{"keys":[]}`),
		"a kid moved to another key": keySet(t, jose.JSONWebKey{Key: public, KeyID: ring.Active()}),
	} {
		if _, err := keys.Verify(jwks, "t", []byte("p"), jws); !fault.Is(err, "keyset_malformed") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func keySet(t *testing.T, k jose.JSONWebKey) []byte {
	t.Helper()
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{k}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func thumb(t *testing.T, public ed25519.PublicKey) string {
	t.Helper()
	sum, err := (&jose.JSONWebKey{Key: public}).Thumbprint(5) // crypto.SHA256
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}
