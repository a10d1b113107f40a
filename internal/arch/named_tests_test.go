package arch

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"testing"
)

// namedTest is how a document says which test, or which part of one, holds
// something.
var namedTest = regexp.MustCompile("\\[`([A-Za-z]\\w*)`\\]\\(([^)#]+_test\\.go)\\)")

// A test that a document names is in the file that it links to.
func TestTestsNamedInDocumentsExist(t *testing.T) {
	named := 0
	err := textFiles(func(file string, text []byte) error {
		if path.Ext(file) != ".md" {
			return nil
		}
		for _, m := range namedTest.FindAllSubmatch(text, -1) {
			named++
			in := path.Join(path.Dir(file), string(m[2]))
			source, err := os.ReadFile(filepath.Join(root, in))
			if err != nil {
				continue // TestLinksInDocumentsResolve says so
			}
			if !bytes.Contains(source, []byte("\nfunc "+string(m[1])+"(")) {
				t.Errorf("%s names %s, which is not in %s", file, m[1], in)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if named == 0 {
		t.Error("no document names a test: the pattern no longer fits")
	}
}
