package keys

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	aesgcm "github.com/tink-crypto/tink-go/v2/proto/aes_gcm_go_proto"
	common "github.com/tink-crypto/tink-go/v2/proto/common_go_proto"
	hmacprf "github.com/tink-crypto/tink-go/v2/proto/hmac_prf_go_proto"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"google.golang.org/protobuf/proto"
)

// Key types of Tink's wire format (https://developers.google.com/tink/wire-format).
const (
	typeAESGCM  = "type.googleapis.com/google.crypto.tink.AesGcmKey"
	typeHMACPRF = "type.googleapis.com/google.crypto.tink.HmacPrfKey"
)

// vaultLayout is the vault's part of the ring file: Tink keysets in JSON.
type vaultLayout struct {
	Seal      json.RawMessage `json:"seal"`
	Index     json.RawMessage `json:"index"`
	Pseudonym json.RawMessage `json:"pseudonym"`
}

// newVault draws three keys of 256 bits from rand.
func newVault(rand io.Reader) (*Vault, error) {
	seal, err1 := newKeyset(rand, typeAESGCM, tinkpb.OutputPrefixType_TINK, func(key []byte) proto.Message {
		return &aesgcm.AesGcmKey{KeyValue: key}
	})
	hmac := func(key []byte) proto.Message {
		return &hmacprf.HmacPrfKey{KeyValue: key, Params: &hmacprf.HmacPrfParams{Hash: common.HashType_SHA256}}
	}
	index, err2 := newKeyset(rand, typeHMACPRF, tinkpb.OutputPrefixType_RAW, hmac)
	pseudonym, err3 := newKeyset(rand, typeHMACPRF, tinkpb.OutputPrefixType_RAW, hmac)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	return vaultOf(vaultHandles{seal: seal, index: index, pseudonym: pseudonym})
}

// newKeyset makes a keyset of one key. Tink's own generator always takes the
// system's randomness; here it is an argument, as everywhere.
func newKeyset(rand io.Reader, typ string, prefix tinkpb.OutputPrefixType, key func([]byte) proto.Message) (*keyset.Handle, error) {
	var secret [32 + 4]byte
	if _, err := io.ReadFull(rand, secret[:]); err != nil {
		return nil, fmt.Errorf("keys: random bytes: %w", err)
	}
	value, err := proto.Marshal(key(secret[:32]))
	if err != nil {
		return nil, fmt.Errorf("keys: keyset: %w", err)
	}
	// The id names the key inside a keyset; Tink takes any but zero.
	id := binary.BigEndian.Uint32(secret[32:]) | 1
	set := &tinkpb.Keyset{PrimaryKeyId: id, Key: []*tinkpb.Keyset_Key{{
		KeyData: &tinkpb.KeyData{TypeUrl: typ, Value: value, KeyMaterialType: tinkpb.KeyData_SYMMETRIC},
		Status:  tinkpb.KeyStatusType_ENABLED, KeyId: id, OutputPrefixType: prefix,
	}}}
	text, err := proto.Marshal(set)
	if err != nil {
		return nil, fmt.Errorf("keys: keyset: %w", err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(text)))
	if err != nil {
		return nil, fmt.Errorf("keys: keyset: %w", err)
	}
	return handle, nil
}

// layout gives the keysets for the ring file, which is as secret as they are.
func (v *Vault) layout() (vaultLayout, error) {
	seal, err1 := keysetText(v.handles.seal)
	index, err2 := keysetText(v.handles.index)
	pseudonym, err3 := keysetText(v.handles.pseudonym)
	return vaultLayout{Seal: seal, Index: index, Pseudonym: pseudonym}, errors.Join(err1, err2, err3)
}

// open reads the keysets of a ring file.
func (l vaultLayout) open() (*Vault, error) {
	seal, err1 := keysetOf(l.Seal, typeAESGCM)
	index, err2 := keysetOf(l.Index, typeHMACPRF)
	pseudonym, err3 := keysetOf(l.Pseudonym, typeHMACPRF)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	return vaultOf(vaultHandles{seal: seal, index: index, pseudonym: pseudonym})
}

func keysetText(h *keyset.Handle) (json.RawMessage, error) {
	var b bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b)); err != nil {
		return nil, fmt.Errorf("keys: keyset: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

func keysetOf(text json.RawMessage, typ string) (*keyset.Handle, error) {
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(text)))
	if err != nil {
		return nil, fmt.Errorf("keys: keyset: %w", err)
	}
	for _, k := range h.KeysetInfo().GetKeyInfo() {
		if k.GetTypeUrl() != typ {
			return nil, errors.New("keys: keyset: another type of key")
		}
	}
	return h, nil
}
