package certificate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/gowebpki/jcs"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
)

// typ is the "typ" of the signature (RFC 7515 section 4.1.9): a signature over
// anything else never passes for one over a certificate.
const typ = "signoff-certificate"

// maxFile bounds a certificate's file in bytes: far above what thousands of
// tables would fill.
const maxFile = 4 << 20

// file is the layout of the file.
type file struct {
	Certificate Certificate `json:"certificate"`
	Signature   string      `json:"signature"` // detached JWS over the canonical certificate
}

// Signer is what Issue needs of the key ring.
type Signer interface {
	Sign(typ string, payload []byte) (jws string, err error)
	JWKS() []byte
}

// Issue checks, normalises and signs c, and gives the bytes of its file: the
// canonical JSON (RFC 8785) of {"certificate": …, "signature": "…"}. c.Format
// may be left empty. What Issue gives, Verify accepts; a certificate that is
// incomplete (certificate_malformed), or that the audit log does not bear out
// (certificate_unproven), is not signed.
func Issue(signer Signer, c Certificate) ([]byte, error) {
	if c.Format == "" {
		c.Format = Format
	}
	c = c.normal()
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := c.checkEvidence(signer.JWKS()); err != nil {
		return nil, err
	}
	payload, err := canonical(c)
	if err != nil {
		return nil, err
	}
	signature, err := signer.Sign(typ, payload)
	if err != nil {
		return nil, err
	}
	text, err := canonical(file{Certificate: c, Signature: signature})
	if err != nil {
		return nil, err
	}
	read, _, err := Verify(text, signer.JWKS())
	if err != nil {
		return nil, fmt.Errorf("certificate: does not verify: %w", err)
	}
	// Text that is not UTF-8 would have become another text in JSON.
	if !reflect.DeepEqual(read, c) {
		return nil, malformed("text")
	}
	return text, nil
}

// Verify checks a certificate's file with the issuer's public keys and gives its
// content and the kid of the key that signed it. A file has exactly one
// spelling, so that any changed byte is found. Errors: certificate_too_large,
// certificate_malformed (no certificate), certificate_format_unknown,
// certificate_altered, certificate_key_unknown, certificate_unproven,
// keyset_malformed.
func Verify(text, jwks []byte) (Certificate, string, error) {
	f, err := read(text)
	if err != nil {
		return Certificate{}, "", err
	}
	payload, err := canonical(f.Certificate)
	if err != nil {
		return Certificate{}, "", altered(err)
	}
	kid, err := keys.Verify(jwks, typ, payload, f.Signature)
	switch {
	case fault.Is(err, "keyset_malformed"):
		return Certificate{}, "", err
	case fault.Is(err, "signature_key_unknown"):
		return Certificate{}, "", fault.New(fault.Invalid, "certificate_key_unknown").Because(err)
	case err != nil:
		return Certificate{}, "", altered(err)
	}
	if err := f.Certificate.check(); err != nil {
		return Certificate{}, "", err
	}
	if err := f.Certificate.checkEvidence(jwks); err != nil {
		return Certificate{}, "", err
	}
	return f.Certificate, kid, nil
}

// read takes a file apart without trusting it.
func read(text []byte) (file, error) {
	if len(text) > maxFile {
		return file{}, fault.New(fault.TooLarge, "certificate_too_large", "limit", maxFile)
	}
	var peek struct {
		Certificate struct {
			Format *string `json:"format"`
		} `json:"certificate"`
	}
	if json.Unmarshal(text, &peek) != nil || peek.Certificate.Format == nil {
		return file{}, malformed("file")
	}
	if got := *peek.Certificate.Format; got != Format {
		return file{}, fault.New(fault.Invalid, "certificate_format_unknown", "format", got)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	var f file
	if err := dec.Decode(&f); err != nil {
		return file{}, altered(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return file{}, altered(errors.New("certificate: more than one document"))
	}
	again, err := canonical(f)
	if err != nil {
		return file{}, altered(err)
	}
	if !bytes.Equal(again, text) {
		return file{}, altered(errors.New("certificate: not canonical"))
	}
	return f, nil
}

func altered(cause error) error {
	return fault.New(fault.Invalid, "certificate_altered").Because(cause)
}

// canonical is RFC 8785.
func canonical(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	if text, err = jcs.Transform(text); err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return text, nil
}
