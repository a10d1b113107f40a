package keys

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/signoff-id/signoff/internal/fault"
)

// header is the protected header of every JWS made here, its members in the
// order in which go-jose writes them.
type header struct {
	Alg string `json:"alg"`
	Kid string `json:"kid"`
	Typ string `json:"typ"`
}

// Sign gives a compact JWS over payload with the active key, its payload
// detached (RFC 7515 appendix F): "<header>..<signature>", alg EdDSA (RFC 8037
// section 3.1). typ (RFC 7515 section 4.1.9) keeps a signature of one kind of
// document from passing for another.
func (r *Ring) Sign(typ string, payload []byte) (string, error) {
	key := r.active()
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.EdDSA, Key: jose.JSONWebKey{Key: key.private, KeyID: key.kid}},
		(&jose.SignerOptions{}).WithType(jose.ContentType(typ)))
	if err != nil {
		return "", fmt.Errorf("keys: signer: %w", err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("keys: sign: %w", err)
	}
	return signed.DetachedCompactSerialize()
}

// Verify checks that jws, as Sign makes it, signs payload as a document of the
// kind typ with a key of jwks, and gives that key's kid. There is exactly one
// text for one signature: other base64url spellings, header members, their
// order, or another alg are refused. Errors: keyset_malformed,
// signature_malformed, signature_key_unknown, signature_wrong.
func Verify(jwks []byte, typ string, payload []byte, jws string) (string, error) {
	public, err := publicKeys(jwks)
	if err != nil {
		return "", err
	}
	h, ok := readHeader(jws)
	if !ok || h.Alg != string(jose.EdDSA) || h.Typ != typ {
		return "", fault.New(fault.Invalid, "signature_malformed")
	}
	key, ok := public[h.Kid]
	if !ok {
		return "", fault.New(fault.Invalid, "signature_key_unknown", "kid", h.Kid)
	}
	if payload == nil {
		payload = []byte{} // go-jose takes nil for "not detached"
	}
	parsed, err := jose.ParseDetached(jws, payload, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return "", fault.New(fault.Invalid, "signature_malformed").Because(err)
	}
	if err := parsed.DetachedVerify(payload, key); err != nil {
		return "", fault.New(fault.Invalid, "signature_wrong").Because(err)
	}
	return h.Kid, nil
}

// readHeader takes a detached JWS apart and gives its header when the text is
// the only spelling of its content.
func readHeader(jws string) (header, bool) {
	parts := strings.Split(jws, ".")
	if len(parts) != 3 || parts[1] != "" {
		return header{}, false
	}
	text, ok := decode(parts[0])
	if !ok {
		return header{}, false
	}
	sig, ok := decode(parts[2])
	if !ok || len(sig) != ed25519.SignatureSize {
		return header{}, false
	}
	var h header
	if json.Unmarshal(text, &h) != nil {
		return header{}, false
	}
	// Unknown or doubled members, spaces and escapes do not survive this.
	again, err := json.Marshal(h)
	return h, err == nil && string(again) == string(text)
}

// decode reads base64url without padding (RFC 7515 section 2) and refuses line
// breaks and left-over bits, which Go's decoder would skip.
func decode(s string) ([]byte, bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	return b, err == nil && base64.RawURLEncoding.EncodeToString(b) == s
}

// publicKeys reads the Ed25519 keys of a JSON Web Key Set by their kid, which
// must be the key's thumbprint. Keys of other types are somebody else's.
func publicKeys(jwks []byte) (map[string]ed25519.PublicKey, error) {
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(jwks, &set); err != nil {
		return nil, fault.New(fault.Invalid, "keyset_malformed").Because(err)
	}
	public := make(map[string]ed25519.PublicKey, len(set.Keys))
	for _, k := range set.Keys {
		jwk := k.Public()
		key, ok := jwk.Key.(ed25519.PublicKey)
		if !ok {
			continue
		}
		if kid, err := thumbprint(key); err != nil || kid != k.KeyID {
			return nil, fault.New(fault.Invalid, "keyset_malformed")
		}
		public[k.KeyID] = key
	}
	if len(public) == 0 {
		return nil, fault.New(fault.Invalid, "keyset_malformed")
	}
	return public, nil
}
