package identity

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"sync"

	"golang.org/x/crypto/argon2"
)

// Hasher hashes passwords with argon2id and lets no more hashes run at once than
// there are cores, so that a flood of sign-ins cannot take all memory. Its
// figures follow OWASP's password storage cheat sheet: 19 MiB, two passes, one
// lane.
type Hasher struct {
	rand io.Reader
	// Observe is told of every hash; nil is nobody.
	Observe func()
	slots   chan struct{}
	cost    Cost
	decoy   func() (string, error)
}

// Cost is what one hash takes.
type Cost struct {
	Memory uint32 // KiB
	Passes uint32
}

// StandardCost is the cost for real use.
func StandardCost() Cost { return Cost{Memory: 19 * 1024, Passes: 2} }

// NewHasher makes a hasher that reads salts from rand.
func NewHasher(rand io.Reader, cost Cost) *Hasher {
	h := &Hasher{rand: rand, slots: make(chan struct{}, runtime.NumCPU()), cost: cost}
	// Whoever names an unknown account waits as long as for a known one. The hash
	// is made when it is first needed: most commands check no password.
	h.decoy = sync.OnceValues(func() (string, error) {
		return h.Hash(context.Background(), "no password has this hash")
	})
	return h
}

const saltLen, keyLen = 16, 32

// Hash gives the PHC string of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	if _, err := io.ReadFull(h.rand, salt); err != nil {
		return "", fmt.Errorf("identity: salt: %w", err)
	}
	key, err := h.derive(ctx, password, salt, h.cost)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, h.cost.Memory, h.cost.Passes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// Matches says whether the password has the hash. An empty hash takes as long
// as a real one and matches nothing.
func (h *Hasher) Matches(ctx context.Context, phc, password string) (bool, error) {
	known := phc != ""
	decoy, err := h.decoy()
	if err != nil {
		return false, err
	}
	if !known {
		phc = decoy
	}
	was, err := parsePHC(phc)
	if err != nil {
		return false, err
	}
	got, err := h.again(ctx, password, was)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, was.key) == 1 && known, nil
}

func (h *Hasher) derive(ctx context.Context, password string, salt []byte, c Cost) (key []byte, err error) {
	err = h.alone(ctx, func() error {
		key = argon2.IDKey([]byte(normalised(password)), salt, c.Passes, c.Memory, 1, keyLen)
		return nil
	})
	return key, err
}

// alone runs fn while no more than a few others run.
func (h *Hasher) alone(ctx context.Context, fn func() error) error {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
		if h.Observe != nil {
			h.Observe()
		}
		return fn()
	case <-ctx.Done():
		return ctx.Err()
	}
}
