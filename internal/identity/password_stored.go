package identity

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"strings"

	"golang.org/x/crypto/argon2"
)

// stored is a password's hash as its PHC string says it: ours is argon2id; what
// was imported may also be PBKDF2 (RFC 8018, section 5.2) with SHA-256 or
// SHA-512.
type stored struct {
	kind       string
	cost       Cost // of argon2id
	iterations int  // of PBKDF2
	salt, key  []byte
}

const argon2id = "argon2id"

// pbkdf2Hashes are the functions below PBKDF2, by the name in a PHC string.
var pbkdf2Hashes = map[string]func() hash.Hash{"pbkdf2-sha256": sha256.New, "pbkdf2-sha512": sha512.New}

// The dearest hashes that are verified: what was imported must not decide how
// long a sign-in computes.
const (
	mostMemory     = 256 << 10 // KiB
	mostPasses     = 64
	mostIterations = 2_000_000
)

// Verifiable says whether a hash that was made elsewhere can be verified here.
func Verifiable(phc string) bool {
	_, err := parsePHC(phc)
	return err == nil
}

// again hashes a password in the way of a stored hash.
func (h *Hasher) again(ctx context.Context, password string, was stored) (key []byte, err error) {
	if was.kind == argon2id {
		return h.derive(ctx, password, was.salt, was.cost)
	}
	err = h.alone(ctx, func() error {
		key, err = pbkdf2.Key(pbkdf2Hashes[was.kind], password, was.salt, was.iterations, len(was.key))
		return err
	})
	return key, err
}

func parsePHC(phc string) (s stored, err error) {
	unreadable := errors.New("identity: not a hash that this version reads")
	if len(phc) > 512 {
		return s, unreadable
	}
	parts := strings.Split(phc, "$")
	if len(parts) < 5 || parts[0] != "" {
		return s, unreadable
	}
	s.kind = parts[1]
	switch {
	case s.kind == argon2id && len(parts) == 6:
		var version int
		if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=1", &version, &s.cost.Memory, &s.cost.Passes); err != nil || version != argon2.Version {
			return s, unreadable
		}
		if s.cost.Memory < 8 || s.cost.Memory > mostMemory || s.cost.Passes < 1 || s.cost.Passes > mostPasses {
			return s, unreadable
		}
	case pbkdf2Hashes[s.kind] != nil && len(parts) == 5:
		if _, err := fmt.Sscanf(parts[2], "i=%d", &s.iterations); err != nil || s.iterations < 1 || s.iterations > mostIterations {
			return s, unreadable
		}
	default:
		return s, unreadable
	}
	b64 := base64.RawStdEncoding
	salt, err := b64.DecodeString(parts[len(parts)-2])
	if err != nil {
		return s, unreadable
	}
	if s.key, err = b64.DecodeString(parts[len(parts)-1]); err != nil || len(s.key) < keyLen || len(s.key) > 64 || s.kind == argon2id && len(s.key) != keyLen {
		return s, unreadable
	}
	s.salt = salt
	return s, nil
}
