package keys

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/signoff-id/signoff/internal/fault"
)

// formatName stands in every ring file, so that a later layout is recognised.
const formatName = "signoff-keys/1"

// maxFile bounds a ring file; a thousand rotations stay far below it.
const maxFile = 1 << 20

// file is the layout of the ring on disk.
type file struct {
	Format  string      `json:"format"`
	Signing []fileKey   `json:"signing"` // oldest first; the last one is active
	Vault   vaultLayout `json:"vault"`
}

type fileKey struct {
	Created time.Time       `json:"created_at"`
	JWK     jose.JSONWebKey `json:"jwk"`
}

// Load reads a ring from path. It refuses a file that its group or others may
// read or write (keys_file_exposed), one that is not a ring (keys_file_malformed)
// and gives keys_file_missing where there is none.
func Load(path string) (*Ring, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "keys_file_missing", "path", path).Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("keys: open: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("keys: stat: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, malformed(path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.Forbidden, "keys_file_exposed",
			"path", path, "mode", fmt.Sprintf("%04o", info.Mode().Perm()))
	}
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("keys: read: %w", err)
	}
	ring, ok := parse(text)
	if !ok {
		return nil, malformed(path)
	}
	return ring, nil
}

// Create saves a new ring where no file is. Where two processes do so at once, one
// wins, and the other gets fs.ErrExist: its ring is to be thrown away.
func (r *Ring) Create(path string) error {
	// A hard link fails where a file already is: the one atomic "create with
	// this content, unless it exists".
	return r.write(path, os.Link)
}

// Save writes the ring to path with mode 0600. The file is replaced in one step
// and is on disk when Save returns: a crash leaves the old ring or the new one.
func (r *Ring) Save(path string) error { return r.write(path, os.Rename) }

// write puts the ring into a temporary file beside path and then in its place.
func (r *Ring) write(path string, place func(from, to string) error) (err error) {
	text, err := r.text()
	if err != nil {
		return err
	}
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".keys-*") // CreateTemp makes files with mode 0600
	if err != nil {
		return fmt.Errorf("keys: save: %w", err)
	}
	defer os.Remove(f.Name()) // after a rename nothing is left to remove
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("keys: save: %w", err)
	}
	if err := place(f.Name(), path); err != nil {
		return fmt.Errorf("keys: save: %w", err)
	}
	return syncDir(dir)
}

// syncDir makes a new name in dir durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("keys: save: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("keys: save: %w", err)
	}
	return nil
}

func (r *Ring) text() ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	layout := file{Format: formatName}
	for _, k := range r.signing {
		layout.Signing = append(layout.Signing, fileKey{Created: k.created, JWK: *k.jwk()})
	}
	var err error
	if layout.Vault, err = r.vault.layout(); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(layout, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("keys: marshal: %w", err)
	}
	return append(text, '\n'), nil
}

// parse says only whether the text is a ring: what is wrong with it might show
// a part of a key.
func parse(text []byte) (*Ring, bool) {
	if len(text) > maxFile {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	var layout file
	if dec.Decode(&layout) != nil || dec.Decode(&struct{}{}) != io.EOF ||
		layout.Format != formatName || len(layout.Signing) == 0 {
		return nil, false
	}
	ring := &Ring{}
	for _, k := range layout.Signing {
		private, ok := k.JWK.Key.(ed25519.PrivateKey)
		if !ok || !ed25519.NewKeyFromSeed(private.Seed()).Equal(private) {
			return nil, false
		}
		key, err := signingKeyOf(private, k.Created)
		if err != nil || key.kid != k.JWK.KeyID {
			return nil, false
		}
		ring.signing = append(ring.signing, key)
	}
	var err error
	ring.vault, err = layout.Vault.open()
	return ring, err == nil
}
