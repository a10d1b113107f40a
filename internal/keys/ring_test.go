package keys_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
)

var day = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

func newRing(t testing.TB) *keys.Ring {
	t.Helper()
	ring, err := keys.Generate(rand.Reader, day)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func TestARingComesBackFromItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	ring := newRing(t)
	if err := ring.Rotate(rand.Reader, day.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	sealed, err := ring.Vault().Seal("a1", "name", "王小明")
	if err != nil {
		t.Fatal(err)
	}
	if err := ring.Save(path); err != nil {
		t.Fatal(err)
	}
	again, err := keys.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.JWKS(), ring.JWKS()) || again.Active() != ring.Active() {
		t.Error("the signing keys differ")
	}
	if plain, err := again.Vault().Open("a1", "name", sealed); err != nil || plain != "王小明" {
		t.Errorf("Open = %q, %v", plain, err)
	}
	if !bytes.Equal(again.Vault().BlindIndex("email", "x@example.com"), ring.Vault().BlindIndex("email", "x@example.com")) {
		t.Error("blind indexes differ")
	}
	if again.Vault().Pseudonym("certificate", "a1") != ring.Vault().Pseudonym("certificate", "a1") {
		t.Error("pseudonyms differ")
	}
}

func TestSaveReplacesTheFileAndLeavesNothingBeside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "keys.json")
	for range 2 {
		if err := newRing(t).Save(path); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
}

func TestLoadRefuses(t *testing.T) {
	good := filepath.Join(t.TempDir(), "keys.json")
	if err := newRing(t).Save(good); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(content []byte, mode os.FileMode) string {
		path := filepath.Join(t.TempDir(), "keys.json")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other, err := json.Marshal(map[string]any{"format": "signoff-keys/1", "signing": []any{}})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ path, code string }{
		"no file":          {filepath.Join(t.TempDir(), "none"), "keys_file_missing"},
		"a directory":      {t.TempDir(), "keys_file_malformed"},
		"group may read":   {write(text, 0o640), "keys_file_exposed"},
		"all may read":     {write(text, 0o604), "keys_file_exposed"},
		"empty":            {write(nil, 0o600), "keys_file_malformed"},
		"no keys":          {write(other, 0o600), "keys_file_malformed"},
		"half a file":      {write(text[:len(text)/2], 0o600), "keys_file_malformed"},
		"more than a ring": {write(append(bytes.Clone(text), "{}"...), 0o600), "keys_file_malformed"},
		"another format":   {write(bytes.Replace(text, []byte("keys/1"), []byte("keys/2"), 1), 0o600), "keys_file_malformed"},
		"an unknown field": {write(bytes.Replace(text, []byte("{"), []byte(`{"x":1,`), 1), 0o600), "keys_file_malformed"},
		"other purposes": {write(bytes.Replace(bytes.Replace(bytes.Replace(text, []byte(`"seal"`), []byte(`"@"`), 1),
			[]byte(`"index"`), []byte(`"seal"`), 1), []byte(`"@"`), []byte(`"index"`), 1), 0o600), "keys_file_malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := keys.Load(c.path)
			if !fault.Is(err, c.code) {
				t.Fatalf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestManyProcessesMakeOneRing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	const n = 16
	kids := make([]string, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			ring := newRing(t)
			if err := ring.Create(path); errors.Is(err, fs.ErrExist) {
				if ring, err = keys.Load(path); err != nil {
					t.Error(err)
					return
				}
			} else if err != nil {
				t.Error(err)
				return
			}
			kids[i] = ring.Active()
		})
	}
	wg.Wait()
	for _, kid := range kids {
		if kid != kids[0] {
			t.Fatalf("two rings: %v", kids)
		}
	}
}

func TestAllKeyMaterialComesFromTheGivenRandomness(t *testing.T) {
	fixed := bytes.Repeat([]byte("0123456789abcdef"), 64)
	one, err := keys.Generate(bytes.NewReader(fixed), day)
	if err != nil {
		t.Fatal(err)
	}
	two, err := keys.Generate(bytes.NewReader(fixed), day)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.JWKS(), two.JWKS()) || one.Vault().Pseudonym("p", "a") != two.Vault().Pseudonym("p", "a") {
		t.Error("equal randomness, other keys")
	}
	if _, err := keys.Generate(bytes.NewReader(fixed[:40]), day); err == nil {
		t.Error("randomness ran out unnoticed")
	}
}

func TestNothingSecretIsPrinted(t *testing.T) {
	ring := newRing(t)
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := ring.Save(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Signing []struct{ JWK struct{ D string } }
		Vault   map[string]struct {
			Key []struct{ KeyData struct{ Value string } }
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	secrets := []string{file.Signing[0].JWK.D}
	for _, set := range file.Vault {
		secrets = append(secrets, set.Key[0].KeyData.Value)
	}
	if len(secrets) != 4 {
		t.Fatalf("%d secrets in the file", len(secrets))
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "ring", ring, "vault", ring.Vault())
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "ring", ring, "vault", ring.Vault())
	fmt.Fprintf(&out, "%v %+v %#v %s %v %+v %#v %s", ring, ring, ring, ring, ring.Vault(), ring.Vault(), ring.Vault(), ring.JWKS())
	for _, s := range secrets {
		if len(s) < 40 || strings.Contains(out.String(), s) {
			t.Errorf("printed: %s", out.String())
		}
	}
	if !strings.Contains(out.String(), ring.Active()) {
		t.Error("the active key is not named")
	}
}

func TestNotesOfOlderKeysStayValid(t *testing.T) {
	ring := newRing(t)
	old, err := ring.NoteSigner("id.example.com/audit")
	if err != nil {
		t.Fatal(err)
	}
	if err := ring.Rotate(rand.Reader, day); err != nil {
		t.Fatal(err)
	}
	fresh, err := ring.NoteSigner("id.example.com/audit")
	if err != nil {
		t.Fatal(err)
	}
	if old.KeyHash() == fresh.KeyHash() {
		t.Error("a rotated ring signs with the old key")
	}
	verifiers, err := keys.NoteVerifiers("id.example.com/audit", ring.JWKS())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []note.Signer{old, fresh} {
		msg, err := note.Sign(&note.Note{Text: "text\n"}, s)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := note.Open(msg, verifiers); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"", "two words", "a+b", "+"} {
		if _, err := ring.NoteSigner(name); !fault.Is(err, "note_name_malformed") {
			t.Errorf("signer %q: %v", name, err)
		}
		if _, err := keys.NoteVerifiers(name, ring.JWKS()); !fault.Is(err, "note_name_malformed") {
			t.Errorf("verifiers %q: %v", name, err)
		}
	}
}

func TestAVaultValueOpensOnlyWhereItBelongs(t *testing.T) {
	vault := newRing(t).Vault()
	rapid.Check(t, func(t *rapid.T) {
		account, column, plain := rapid.String().Draw(t, "account"), rapid.String().Draw(t, "column"), rapid.String().Draw(t, "plain")
		sealed, err := vault.Seal(account, column, plain)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := vault.Open(account, column, sealed); err != nil || got != plain {
			t.Fatalf("Open = %q, %v", got, err)
		}
		account2, column2 := rapid.String().Draw(t, "account2"), rapid.String().Draw(t, "column2")
		if account2 != account || column2 != column {
			if _, err := vault.Open(account2, column2, sealed); !fault.Is(err, "vault_value_unreadable") {
				t.Fatalf("opened elsewhere: %v", err)
			}
		}
		bit := rapid.IntRange(0, 8*len(sealed)-1).Draw(t, "bit")
		sealed[bit/8] ^= 1 << (bit % 8)
		if _, err := vault.Open(account, column, sealed); !fault.Is(err, "vault_value_unreadable") {
			t.Fatalf("opened altered: %v", err)
		}
	})
	one, err1 := vault.Seal("a", "ab", "x")
	two, err2 := vault.Seal("a", "ab", "x")
	if errors.Join(err1, err2) != nil || bytes.Equal(one, two) {
		t.Error("equal values are sealed alike")
	}
	if _, err := vault.Open("aa", "b", one); err == nil {
		t.Error("account and column run into each other")
	}
	if _, err := newRing(t).Vault().Open("a", "ab", one); !fault.Is(err, "vault_value_unreadable") {
		t.Errorf("another ring: %v", err)
	}
}

func TestBlindIndexesAndPseudonyms(t *testing.T) {
	ring := newRing(t)
	vault, other := ring.Vault(), newRing(t).Vault()
	seen := map[string]string{}
	for _, kind := range []string{"", "e", "em", "mobile"} {
		for _, value := range []string{"", "a", "mail", "+8613800138000"} {
			in := kind + "|" + value
			index, name := vault.BlindIndex(kind, value), vault.Pseudonym(kind, value)
			if len(index) != 32 || !bytes.Equal(index, vault.BlindIndex(kind, value)) || bytes.Equal(index, other.BlindIndex(kind, value)) {
				t.Errorf("index of %q: %x", in, index)
			}
			if len(name) < 22 || !strings.HasPrefix(name, "p_") || name != vault.Pseudonym(kind, value) || name == other.Pseudonym(kind, value) {
				t.Errorf("pseudonym of %q: %s", in, name)
			}
			if was, ok := seen[string(index)]; ok {
				t.Errorf("%q and %q have one index", was, in)
			}
			if was, ok := seen[name]; ok {
				t.Errorf("%q and %q have one pseudonym", was, in)
			}
			seen[string(index)], seen[name] = in, in
		}
	}
	before := vault.Pseudonym("certificate", "a")
	if err := ring.Rotate(rand.Reader, day); err != nil || ring.Vault().Pseudonym("certificate", "a") != before {
		t.Errorf("rotation changed the pseudonyms: %v", err)
	}
}

func TestRotationBesideSigning(t *testing.T) {
	ring := newRing(t)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		defer cancel()
		for range 50 {
			if err := ring.Rotate(rand.Reader, day); err != nil {
				t.Error(err)
			}
		}
	})
	for range 2 {
		wg.Go(func() {
			for ctx.Err() == nil {
				jws, err := ring.Sign("x", []byte("y"))
				if err != nil {
					t.Error(err)
				}
				if _, err := keys.Verify(ring.JWKS(), "x", []byte("y"), jws); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
