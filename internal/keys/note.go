package keys

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/signoff-id/signoff/internal/fault"
)

// algEd25519 is the only key type of signed notes (golang.org/x/mod/sumdb/note).
const algEd25519 = 1

// NoteSigner gives a signer of notes (checkpoints) under name with the key that
// is active now; after Rotate, ask again. A name is not empty and has no spaces
// and no "+" (note_name_malformed).
func (r *Ring) NoteSigner(name string) (note.Signer, error) {
	key := r.active()
	vkey, err := note.NewEd25519VerifierKey(name, key.public())
	if err != nil {
		return nil, fmt.Errorf("keys: note key: %w", err)
	}
	// A verifier key is name+hash+key; a signer key has the same hash.
	parts := strings.Split(vkey, "+")
	if len(parts) < 3 {
		return nil, fault.New(fault.Invalid, "note_name_malformed")
	}
	secret := base64.StdEncoding.EncodeToString(append([]byte{algEd25519}, key.private.Seed()...))
	signer, err := note.NewSigner("PRIVATE+KEY+" + name + "+" + parts[1] + "+" + secret)
	if err != nil {
		return nil, fault.New(fault.Invalid, "note_name_malformed").Because(err)
	}
	return signer, nil
}

// NoteVerifiers gives the verifiers of notes signed under name with any key of
// jwks. Errors: keyset_malformed, note_name_malformed.
func NoteVerifiers(name string, jwks []byte) (note.Verifiers, error) {
	public, err := publicKeys(jwks)
	if err != nil {
		return nil, err
	}
	var list []note.Verifier
	for _, key := range public {
		vkey, err := note.NewEd25519VerifierKey(name, key)
		if err != nil {
			return nil, fmt.Errorf("keys: note key: %w", err)
		}
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return nil, fault.New(fault.Invalid, "note_name_malformed").Because(err)
		}
		list = append(list, verifier)
	}
	return note.VerifierList(list...), nil
}
