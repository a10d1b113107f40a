package httpserver

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// answer is a response that can be given again.
type answer struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

func (a *answer) write(ctx huma.Context) {
	for name, values := range a.Header {
		for n, v := range values {
			if n == 0 {
				ctx.SetHeader(name, v)
			} else {
				ctx.AppendHeader(name, v)
			}
		}
	}
	ctx.SetStatus(max(a.Status, http.StatusOK)) // an operation that set none is done
	_, _ = ctx.BodyWriter().Write(a.Body)       // a caller that is gone can ask again
}

// An answer may hold a session's token, of which only a hash may be stored, and
// personal data. So it is sealed with AES-256-GCM under a key derived (HKDF,
// RFC 5869) from the caller's Idempotency-Key, which is itself stored only as a
// hash: without the caller, the stored answer cannot be read.
const (
	saltSize = 16
	sealInfo = "signoff idempotent answer v1"
)

var errSealed = errors.New("a kept answer cannot be opened")

func (a *answer) seal(secret string, random io.Reader) ([]byte, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(random, salt); err != nil {
		return nil, err
	}
	box, err := boxFor(secret, salt)
	if err != nil {
		return nil, err
	}
	// The salt makes a key that seals once, so a nonce of zeros is unique to it.
	return box.Seal(salt, make([]byte, box.NonceSize()), plain, nil), nil //nolint:gosec // see above: the key is used once
}

func open(secret string, sealed []byte) (*answer, error) {
	if len(sealed) < saltSize {
		return nil, errSealed
	}
	box, err := boxFor(secret, sealed[:saltSize])
	if err != nil {
		return nil, err
	}
	plain, err := box.Open(nil, make([]byte, box.NonceSize()), sealed[saltSize:], nil)
	if err != nil {
		return nil, errSealed
	}
	a := &answer{}
	if err := json.Unmarshal(plain, a); err != nil {
		return nil, errSealed
	}
	return a, nil
}

func boxFor(secret string, salt []byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), salt, sealInfo, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// below is a huma.Context under a field name that does not hide its Context method.
type below huma.Context

// capture is a huma context that holds the answer back.
type capture struct {
	below
	answer answer
}

// SetStatus keeps the status.
func (c *capture) SetStatus(code int) { c.answer.Status = code }

// Status gives the kept status.
func (c *capture) Status() int { return c.answer.Status }

// SetHeader keeps a header.
func (c *capture) SetHeader(name, value string) { c.answer.Header.Set(name, value) }

// AppendHeader keeps one more value of a header.
func (c *capture) AppendHeader(name, value string) { c.answer.Header.Add(name, value) }

// BodyWriter keeps the body.
func (c *capture) BodyWriter() io.Writer { return bodyKeeper{c} }

// Unwrap gives the context below, for adapters that look for their own.
func (c *capture) Unwrap() huma.Context { return c.below }

// bodyKeeper appends to a captured body; writing without a status means 200, as
// in net/http.
type bodyKeeper struct{ c *capture }

// Write keeps b.
func (k bodyKeeper) Write(b []byte) (int, error) {
	if k.c.answer.Status == 0 {
		k.c.answer.Status = http.StatusOK
	}
	k.c.answer.Body = append(k.c.answer.Body, b...)
	return len(b), nil
}
