// Package keys holds Signoff's secrets. They are the Ed25519 keys that sign
// certificates and audit checkpoints, and the vault through which every
// personal column passes. All of it lives in one file, the ring; nothing of it
// is ever printed.
package keys

import (
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/signoff-id/signoff/internal/fault"
)

// Ring is the set of signing keys and the vault's keys. One signing key is
// active; the older ones are kept for ever, because what they signed must still
// be verified. A Ring is safe for concurrent use.
type Ring struct {
	mu      sync.RWMutex
	signing []*signingKey // oldest first; the last one is active
	vault   *Vault
}

// signingKey is one Ed25519 key pair and the name it goes by.
type signingKey struct {
	kid     string // RFC 7638 thumbprint
	created time.Time
	private ed25519.PrivateKey
}

// Generate makes a new ring with one signing key and a new vault. All key
// material is drawn from rand; an error is rand's own.
func Generate(rand io.Reader, now time.Time) (*Ring, error) {
	key, err := newSigningKey(rand, now)
	if err != nil {
		return nil, err
	}
	vault, err := newVault(rand)
	if err != nil {
		return nil, err
	}
	return &Ring{signing: []*signingKey{key}, vault: vault}, nil
}

// Rotate makes a new active signing key and keeps the others for verifying. The
// vault's keys stay as they are: blind indexes and pseudonyms must come out the
// same for ever. The caller saves the ring.
func (r *Ring) Rotate(rand io.Reader, now time.Time) error {
	key, err := newSigningKey(rand, now)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.signing = append(r.signing, key)
	return nil
}

// Vault gives the vault of this ring.
func (r *Ring) Vault() *Vault { return r.vault }

// Active gives the kid of the key that signs now.
func (r *Ring) Active() string { return r.active().kid }

// JWKS gives the public signing keys as a JSON Web Key Set (RFC 7517 section 5,
// RFC 8037 section 2), the active key first. Each kid is the key's RFC 7638
// thumbprint, so a kid cannot be moved to another key.
func (r *Ring) JWKS() []byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var set jose.JSONWebKeySet
	for i := len(r.signing) - 1; i >= 0; i-- {
		set.Keys = append(set.Keys, r.signing[i].jwk().Public())
	}
	text, err := json.Marshal(set)
	if err != nil {
		panic("keys: Ed25519 public keys always marshal: " + err.Error())
	}
	return text
}

// String names the active key and counts the others; it never shows key
// material.
func (r *Ring) String() string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return fmt.Sprintf("ring(active %s, %d older)", r.signing[len(r.signing)-1].kid, len(r.signing)-1)
}

// GoString is String, so that %#v shows no key material either.
func (r *Ring) GoString() string { return r.String() }

// LogValue is String, for slog.
func (r *Ring) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *Ring) active() *signingKey {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.signing[len(r.signing)-1]
}

func newSigningKey(rand io.Reader, now time.Time) (*signingKey, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(rand, seed); err != nil {
		return nil, fmt.Errorf("keys: random bytes: %w", err)
	}
	return signingKeyOf(ed25519.NewKeyFromSeed(seed), now)
}

func signingKeyOf(private ed25519.PrivateKey, created time.Time) (*signingKey, error) {
	kid, err := thumbprint(private.Public())
	if err != nil {
		return nil, err
	}
	return &signingKey{kid: kid, created: created.UTC().Truncate(time.Microsecond), private: private}, nil
}

// jwk gives the private JWK; callers outside the ring file take its Public.
func (k *signingKey) jwk() *jose.JSONWebKey {
	return &jose.JSONWebKey{Key: k.private, KeyID: k.kid, Algorithm: string(jose.EdDSA), Use: "sig"}
}

// thumbprint is RFC 7638 with SHA-256, in base64url as kid.
func thumbprint(public crypto.PublicKey) (string, error) {
	sum, err := (&jose.JSONWebKey{Key: public}).Thumbprint(crypto.SHA256)
	if err != nil {
		return "", fmt.Errorf("keys: thumbprint: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(sum), nil
}

// malformed is the fault for a ring file that cannot be used. Its cause may
// quote the file, so none is attached.
func malformed(path string) *fault.Error {
	return fault.New(fault.Internal, "keys_file_malformed", "path", path)
}

func (k *signingKey) public() ed25519.PublicKey {
	return k.private.Public().(ed25519.PublicKey)
}
