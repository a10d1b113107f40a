package keys

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"log/slog"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/signoff-id/signoff/internal/fault"
)

// Vault is the one seam through which every personal column passes: sealed on
// the way into a table, opened on the way out, found by a blind index. Sealing
// takes the account, so that a key per account can come later without touching
// a caller. A Vault is safe for concurrent use.
type Vault struct {
	seal      tink.AEAD // AES-256-GCM, a random nonce per value
	index     prf.Set   // HMAC-SHA256
	pseudonym prf.Set   // HMAC-SHA256, a key of its own: pseudonyms leave the house
	handles   vaultHandles
}

type vaultHandles struct{ seal, index, pseudonym *keyset.Handle }

// pseudonymBytes is 128 bits: two accounts never share a pseudonym by chance.
const pseudonymBytes = 16

// Seal encrypts the value of one column of one account (AES-256-GCM). Account
// and column are bound to it: moved elsewhere, it no longer opens. Equal values
// are sealed differently each time.
func (v *Vault) Seal(account, column, plain string) ([]byte, error) {
	sealed, err := v.seal.Encrypt([]byte(plain), join("seal", account, column))
	if err != nil {
		return nil, fmt.Errorf("keys: seal: %w", err)
	}
	return sealed, nil
}

// Open gives back what Seal took, for the same account and column. Anything
// else, or the ring of another installation, is vault_value_unreadable.
func (v *Vault) Open(account, column string, sealed []byte) (string, error) {
	plain, err := v.seal.Decrypt(sealed, join("seal", account, column))
	if err != nil {
		return "", fault.New(fault.Internal, "vault_value_unreadable", "column", column).Because(err)
	}
	return string(plain), nil
}

// BlindIndex gives the 32 bytes under which a normalised value of a kind
// ("mobile", "email") is unique and can be looked up, without the table telling
// the value: equal inputs have equal outputs, and only under this key.
func (v *Vault) BlindIndex(kind, normalised string) []byte {
	return compute(v.index, 32, join("index", kind, normalised))
}

// Pseudonym gives the stable name that stands for an account where its id must
// not, for one purpose ("certificate"): "p_" and 26 characters a-z, 2-7. Without
// the key nobody gets from it to the account, or from one purpose to another.
func (v *Vault) Pseudonym(purpose, account string) string {
	sum := compute(v.pseudonym, pseudonymBytes, join("pseudonym", purpose, account))
	return "p_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum))
}

// String shows no key material.
func (v *Vault) String() string { return "vault" }

// GoString is String.
func (v *Vault) GoString() string { return v.String() }

// LogValue is String, for slog.
func (v *Vault) LogValue() slog.Value { return slog.StringValue(v.String()) }

// compute runs the primary function of a set; HMAC-SHA256 gives up to 32 bytes.
func compute(set prf.Set, size uint32, input []byte) []byte {
	sum, err := set.ComputePrimaryPRF(input, size)
	if err != nil {
		panic("keys: HMAC-SHA256 gives up to 32 bytes: " + err.Error())
	}
	return sum
}

// join puts parts into one text that no other parts give: each is preceded by
// its length.
func join(parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = binary.AppendUvarint(b, uint64(len(p)))
		b = append(b, p...)
	}
	return b
}

// vaultOf makes the primitives of three keysets.
func vaultOf(h vaultHandles) (*Vault, error) {
	seal, err := aead.New(h.seal)
	if err != nil {
		return nil, fmt.Errorf("keys: vault: %w", err)
	}
	index, err := prf.NewPRFSet(h.index)
	if err != nil {
		return nil, fmt.Errorf("keys: vault: %w", err)
	}
	pseudonym, err := prf.NewPRFSet(h.pseudonym)
	if err != nil {
		return nil, fmt.Errorf("keys: vault: %w", err)
	}
	return &Vault{seal: seal, index: *index, pseudonym: *pseudonym, handles: h}, nil
}
