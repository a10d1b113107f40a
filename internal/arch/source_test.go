package arch

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const modulePath = "github.com/signoff-id/signoff"

// root is the top of the repository, seen from here.
const root = "../.."

// goFile is one parsed source file.
type goFile struct {
	path  string // from the top of the repository, with slashes
	dir   string // its folder, the same way
	test  bool
	lines int
	tree  *ast.File
	set   *token.FileSet
}

// room is the name of the folder's room: the path below internal/ as in the
// map, or the whole path outside it.
func (f *goFile) room() string { return strings.TrimPrefix(f.dir, "internal/") }

// at names a place for a person to go to.
func (f *goFile) at(n ast.Node) string {
	return f.path + ":" + strconv.Itoa(f.set.Position(n.Pos()).Line)
}

// imports lists the import paths of the file.
func (f *goFile) imports() []string {
	var paths []string
	for _, spec := range f.tree.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// uses says whether n is name of the imported package, however it was renamed.
func (f *goFile) uses(n ast.Node, pkg string, names ...string) bool {
	selector, ok := n.(*ast.SelectorExpr)
	if !ok || !slices.Contains(names, selector.Sel.Name) {
		return false
	}
	x, ok := selector.X.(*ast.Ident)
	if !ok {
		return false
	}
	for _, spec := range f.tree.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || path != pkg {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name == x.Name
		}
		return pkg[strings.LastIndex(pkg, "/")+1:] == x.Name
	}
	return false
}

// textFiles walks the repository's own files: neither git's nor what was built.
func textFiles(visit func(path string, text []byte) error) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", ".bin", "bin", "dist", "data"}, rel) {
			return filepath.SkipDir
		}
		if !d.Type().IsRegular() || rel == ".git" { // a work tree has a file of that name
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0 {
			return nil // not a text
		}
		return visit(filepath.ToSlash(rel), text)
	})
}

var parsed = sync.OnceValues(func() ([]*goFile, error) {
	var files []*goFile
	set := token.NewFileSet()
	err := textFiles(func(path string, text []byte) error {
		if !strings.HasSuffix(path, ".go") || strings.Contains(path, "testdata/") {
			return nil
		}
		tree, err := parser.ParseFile(set, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := ""
		if i := strings.LastIndex(path, "/"); i >= 0 {
			dir = path[:i]
		}
		files = append(files, &goFile{
			path: path, dir: dir, test: strings.HasSuffix(path, "_test.go"),
			lines: bytes.Count(text, []byte("\n")), tree: tree, set: set,
		})
		return nil
	})
	return files, err
})

// sources gives every Go file of the module.
func sources(t *testing.T) []*goFile {
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

// inspect walks the code of the files that pick chooses.
func inspect(t *testing.T, pick func(*goFile) bool, visit func(*goFile, ast.Node) bool) {
	t.Helper()
	for _, f := range sources(t) {
		if pick(f) {
			ast.Inspect(f.tree, func(n ast.Node) bool { return visit(f, n) })
		}
	}
}
