package arch

import (
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

// What nobody outside a room uses stays inside it, so that it can be changed by
// looking at one room. `make measure` also names what only tests use.
func TestNothingIsExportedForNobody(t *testing.T) {
	code, err := source.Check(root, sources(t))
	if err != nil {
		t.Fatal(err)
	}
	unneeded, err := code.Unneeded()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range unneeded {
		if !u.Tests {
			t.Errorf("%s: %s is exported, and no other package uses it: begin it with a small letter, or delete it", u.At, u.Name)
		}
	}
}
