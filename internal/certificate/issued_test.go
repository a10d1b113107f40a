package certificate_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/certificate"
)

// What stands in testdata/issued was issued and is never written again: every
// later program must verify it, as it must what people have in their drawers.
// docs/certificate.md says what may change, and how.

// issuedFile gives the path of what was issued in this format, and writes it with
// -update where there is none yet.
func issuedFile(t *testing.T, name string, content func() []byte) string {
	t.Helper()
	path := filepath.Join("testdata", "issued", strings.ReplaceAll(certificate.Format, "/", "-")+"."+name)
	_, err := os.Stat(path)
	if *update && errors.Is(err, fs.ErrNotExist) {
		err = os.WriteFile(path, content(), 0o600)
	}
	if err != nil {
		t.Fatalf("nothing is kept of this format yet (go test ./internal/certificate -update issues it): %v", err)
	}
	return path
}

func TestIssuedCertificatesVerifyForEver(t *testing.T) {
	b := newBench(t)
	issuedFile(t, "closure.json", func() []byte { return issue(t, b, b.full(t)) })
	issuedFile(t, "organisation.json", func() []byte { return issue(t, b, b.ended(t)) })
	issuedFile(t, "keys", func() []byte { return b.ring.JWKS() })
	all, err := filepath.Glob("testdata/issued/*.json")
	if err != nil || len(all) < 2 {
		t.Fatal(all, err)
	}
	for _, path := range all {
		format, _, _ := strings.Cut(filepath.Base(path), ".")
		c, _, err := certificate.Verify(read(t, path), read(t, filepath.Join("testdata", "issued", format+".keys")))
		if err != nil {
			t.Errorf("%s no longer verifies, nor does any certificate issued so far: %v; docs/certificate.md says how the format may change", path, err)
			continue
		}
		for _, lang := range []string{"zh-CN", "en"} {
			if text := c.Render(lang); !strings.Contains(text, c.ID) || strings.Contains(text, "<no value>") {
				t.Errorf("%s in %s:\n%s", path, lang, text)
			}
		}
	}
}

// Programs of yesterday call a field that they do not know altered, so that a
// format has the fields for ever that it was first issued with.
func TestAFormatKeepsItsFields(t *testing.T) {
	path := issuedFile(t, "fields", func() []byte { return []byte(fieldList()) })
	if got, want := fieldList(), string(read(t, path)); got != want {
		t.Errorf("%s has other fields than when it was first issued: raise certificate.Format as docs/certificate.md says\n%s", certificate.Format, differ(got, want))
	}
}

// differ lists the lines that only one of two texts has.
func differ(got, want string) (lines string) {
	for _, side := range []struct{ mark, text, other string }{{"+ ", got, want}, {"- ", want, got}} {
		for line := range strings.Lines(side.text) {
			if !strings.Contains("\n"+side.other, "\n"+line) {
				lines += side.mark + line
			}
		}
	}
	return lines
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
