package arch

import (
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

// The limits of size, as `make measure` counts them; what a program generated is
// counted nowhere. Lines are of the whole file, or from func to the last brace.
const (
	middleFile    = 120 // half of the files are no longer
	longFile      = 400 // nine in ten are no longer
	longestFile   = 800
	longFunction  = 60 // 99 in a hundred are no longer
	longestOne    = 80
	mostOfMethods = 8 // that one interface declares; it may embed others
)

func TestFilesStayShort(t *testing.T) {
	for what, pick := range map[string]func(*source.File) bool{"files": source.Written, "files of tests": source.Tested} {
		sizes := source.Files(sources(t), pick)
		if median := sizes.Percentile(50); median > middleFile {
			t.Errorf("half of the %s have more than %d lines, the limit is %d: give each thing that a user does a file of its own", what, median, middleFile)
		}
		if p90 := sizes.Percentile(90); p90 > longFile {
			t.Errorf("one in ten %s has more than %d lines, the limit is %d: split the longest (make measure)", what, p90, longFile)
		}
		for _, file := range sizes {
			if file.N > longestFile {
				t.Errorf("%s has %d lines, the limit is %d: split it by what it is about", file.Name, file.N, longestFile)
			}
		}
	}
}

func TestFunctionsStayShort(t *testing.T) {
	sizes := source.Functions(sources(t), source.Written)
	if p99 := sizes.Percentile(99); p99 > longFunction {
		t.Errorf("one in a hundred functions has more than %d lines, the limit is %d: take steps out of the longest (make measure)", p99, longFunction)
	}
	for _, function := range sizes {
		if function.N > longestOne {
			t.Errorf("%s has %d lines, the limit is %d: take a step out of it that has a name", function.Name, function.N, longestOne)
		}
	}
}

func TestInterfacesStaySmall(t *testing.T) {
	for _, face := range source.Interfaces(sources(t), source.Written) {
		if face.N > mostOfMethods {
			t.Errorf("%s declares %d methods, the limit is %d: compose it from smaller ones", face.Name, face.N, mostOfMethods)
		}
	}
}
