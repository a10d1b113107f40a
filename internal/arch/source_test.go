package arch

import (
	"go/ast"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

// root is the top of the repository, seen from here.
const root = "../.."

var parsed = sync.OnceValues(func() ([]*source.File, error) { return source.Read(root) })

// sources gives every Go file of the module.
func sources(t *testing.T) []*source.File {
	t.Helper()
	files, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no sources found")
	}
	return files
}

// textFiles walks the repository's own files.
func textFiles(visit func(file string, text []byte) error) error { return source.Texts(root, visit) }

// inspect walks the code of the files that pick chooses.
func inspect(t *testing.T, pick func(*source.File) bool, visit func(*source.File, ast.Node) bool) {
	t.Helper()
	for _, f := range sources(t) {
		if pick(f) {
			ast.Inspect(f.Tree, func(n ast.Node) bool { return visit(f, n) })
		}
	}
}

func all(*source.File) bool          { return true }
func production(f *source.File) bool { return !f.Test }
