// Package session holds sign-ins on devices and their end. A session is valid
// while its own row says so and no mark above it has been raised: one mark on
// the account or on an organisation ends any number of sessions with one write.
package session

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// The kinds of devices.
const (
	Desktop = "desktop"
	Phone   = "phone"
	Tablet  = "tablet"
)

// Device is what a person signs in on.
type Device struct {
	Kind string
	Name string // what the person or the app calls it; personal
}

// Session is one sign-in on one device.
type Session struct {
	ID        string
	Account   string
	Device    Device
	App       string
	CreatedAt time.Time
	ExpiresAt time.Time
	EndedAt   time.Time // zero while the row says that it lives
	EndCause  Cause
	Proof     Proof // the last one
}

// Proof is that a person showed who it is: when, and by which methods ("pwd",
// "otp", "hwk", … of RFC 8176).
type Proof struct {
	At      time.Time
	Methods []string
}

// Fresh says whether the proof is at most that old.
func (p Proof) Fresh(now time.Time, most time.Duration) bool {
	return !p.At.IsZero() && now.Sub(p.At) <= most
}

// TokenPrefix marks a session token, so that secret scanners find a leaked one.
const TokenPrefix = "sos_"

// newToken makes a token of 256 random bits and the hash that is stored.
func newToken(rand io.Reader) (token string, hash []byte, err error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(rand, b); err != nil {
		return "", nil, fmt.Errorf("session: token: %w", err)
	}
	token = TokenPrefix + base64.RawURLEncoding.EncodeToString(b)
	return token, HashToken(token), nil
}

// HashToken gives what is stored of a token: its SHA-256. The token has 256
// random bits, so a slow hash would add nothing.
func HashToken(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// ErrNotValid answers every token that is no valid session: unknown, ended and
// expired ones alike.
func ErrNotValid() *fault.Error { return fault.New(fault.Unauthenticated, "session_not_valid") }

// Check says whose valid session a token is. It is the hot path: one read of
// one row, no transaction, no write, nothing remembered between calls, so an
// ended session fails at once in every process on the same database.
func (s *Service) Check(ctx context.Context, token string) (Session, error) {
	if !strings.HasPrefix(token, TokenPrefix) {
		return Session{}, ErrNotValid()
	}
	return s.Live.LiveSession(ctx, HashToken(token), s.Now())
}
