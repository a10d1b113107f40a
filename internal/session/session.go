// Package session holds what a sign-in begins on a device, until it ends. A
// session is valid while its own row says so and no mark above it has been
// raised: one mark on the account or on an organisation ends any number of
// sessions with one write.
package session

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/place"
)

// The kinds of devices.
const (
	Desktop = "desktop"
	Phone   = "phone"
	Tablet  = "tablet"
)

// DeviceKinds lists all of them, in the order in which they are shown.
func DeviceKinds() []string { return []string{Desktop, Phone, Tablet} }

// Device is what a person signs in on. All but its kind and id is personal.
type Device struct {
	// ID is the same for all sessions of a person that showed the same key; a
	// session without a key is a device of its own.
	ID     string
	Kind   string
	Name   string // what the person or the app calls it
	System string // "Windows 11"
	Client string // the browser or native program: "Google Chrome 124"
	// Key is what one installation of a browser or app knows itself by. It is
	// opaque, comes with a sign-in and is never stored.
	Key string
}

// Session is one sign-in on one device.
type Session struct {
	ID        string
	Account   string
	Device    Device
	App       string
	Place     place.Place // where the sign-in came from, as far as known; personal
	CreatedAt time.Time
	ExpiresAt time.Time
	ActiveAt  time.Time // when it was last seen; late by up to ActivityLag
	// IdleFor is how long after ActiveAt the session ends when it is not seen
	// again; zero is never.
	IdleFor  time.Duration
	EndedAt  time.Time // zero while the row says that it lives
	EndCause Cause
	Proof    Proof // the last one
}

// Proof is that a person showed who it is: when, and by which methods ("pwd",
// "otp", "hwk", … of RFC 8176).
type Proof struct {
	At      time.Time
	Methods []string
}

// The methods of a proof, as RFC 8176 names them; for a code that is sent it has
// no name.
const (
	MethodPassword = "pwd"
	MethodCode     = "otp"  // of an authenticator app, or a recovery code
	MethodHardware = "hwk"  // a passkey that stays on its device
	MethodSoftware = "swk"  // a passkey that is copied to other devices
	MethodMail     = "mail" // or by text message
	MethodMany     = "mfa"  // more than one factor
)

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

// ErrNoSession answers for a session that is not there, or not for the caller
// to know of.
func ErrNoSession() *fault.Error { return fault.New(fault.NotFound, "session_not_found") }
