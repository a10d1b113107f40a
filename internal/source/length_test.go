package source_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

func TestPercentilesCountFromTheSmallest(t *testing.T) {
	var sizes source.Sizes // as they come: the largest first
	for n := 100; n > 0; n-- {
		sizes = append(sizes, source.Size{N: n})
	}
	for p, want := range map[int]int{0: 1, 50: 51, 90: 91, 99: 100, 100: 100} {
		if got := sizes.Percentile(p); got != want {
			t.Errorf("p%d = %d, want %d", p, got, want)
		}
	}
	if sizes.Max() != 100 || sizes.Sum() != 5050 {
		t.Errorf("max %d, sum %d", sizes.Max(), sizes.Sum())
	}
	if none := (source.Sizes{}); none.Percentile(50) != 0 || none.Max() != 0 {
		t.Error("nothing has a size")
	}
}

// The figures of this very tree: each measure finds something, and what is known
// about it.
func TestMeasuresOfThisTree(t *testing.T) {
	files, err := source.Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	if faces := source.Interfaces(files, source.Written); len(faces) == 0 || faces.Max() == 0 {
		t.Error("no interface found")
	}
	if functions := source.Functions(files, source.Tested); !slices.ContainsFunc(functions, func(s source.Size) bool {
		return s.N > 10 && s.N < 40 && strings.HasSuffix(s.Name, " TestMeasuresOfThisTree")
	}) {
		t.Error("this function was not found, or not its length")
	}
	chain := source.Chain(files)
	if len(chain) < 5 || chain[0] != "cmd/signoff" || chain[len(chain)-1] != "internal/fault" {
		t.Errorf("the longest chain: %v", chain)
	}
	shipped := source.Shipped(files)
	if !shipped["internal/app"] || !shipped["client"] || shipped["internal/app/apptest"] || shipped["internal/source"] {
		t.Error("what is shipped is taken for something else")
	}
	if importers := source.Importers(files); importers[0].Name != "internal/fault" {
		t.Errorf("most import %s", importers[0].Name)
	}
}
