// Package source reads the program's own text. It parses every Go file once,
// and finds its types where a question needs them. The rules of the house
// (internal/arch) ask it, and so does the program that prints the house's
// figures (internal/measure).
package source

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Module is the path that this module's packages are imported by.
const Module = "github.com/signoff-id/signoff"

// File is one parsed Go file.
type File struct {
	Path      string // from the top of the repository, with slashes
	Dir       string // its folder, the same way
	Test      bool   // named _test.go
	Generated bool
	lines     int
	Tree      *ast.File
	set       *token.FileSet
}

// Room is the name of the folder's room: the path below internal/ as in the
// map, or the whole path outside it.
func (f *File) Room() string { return strings.TrimPrefix(f.Dir, "internal/") }

// At names a place for a person to go to.
func (f *File) At(n ast.Node) string {
	return f.Path + ":" + strconv.Itoa(f.line(n.Pos()))
}

func (f *File) line(at token.Pos) int { return f.set.Position(at).Line }

// Imports lists the import paths of the file.
func (f *File) Imports() []string {
	var paths []string
	for _, spec := range f.Tree.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, imported)
		}
	}
	return paths
}

// Uses says whether n is a name of the imported package, however it was renamed.
func (f *File) Uses(n ast.Node, pkg string, names ...string) bool {
	selector, ok := n.(*ast.SelectorExpr)
	if !ok || !slices.Contains(names, selector.Sel.Name) {
		return false
	}
	x, ok := selector.X.(*ast.Ident)
	if !ok {
		return false
	}
	for _, spec := range f.Tree.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err != nil || imported != pkg {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name == x.Name
		}
		return path.Base(pkg) == x.Name
	}
	return false
}

// StringLiteral gives the value of an expression that is a literal string.
func StringLiteral(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(literal.Value)
	return s, err == nil
}

// Texts walks the text files of the repository at root: neither git's own nor
// what was built. Paths are from the top, with slashes.
func Texts(root string, visit func(file string, text []byte) error) error {
	return filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", ".bin", "bin", "dist", "data"}, rel) {
			return filepath.SkipDir
		}
		if !d.Type().IsRegular() || rel == ".git" { // a work tree has a file of that name
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0 {
			return nil // not a text
		}
		return visit(filepath.ToSlash(rel), text)
	})
}

// Read parses every Go file of the repository at root.
func Read(root string) ([]*File, error) {
	var files []*File
	set := token.NewFileSet()
	err := Texts(root, func(file string, text []byte) error {
		if path.Ext(file) != ".go" || strings.Contains(file, "testdata/") {
			return nil
		}
		tree, err := parser.ParseFile(set, file, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, &File{
			Path: file, Dir: strings.TrimSuffix(strings.TrimSuffix(file, path.Base(file)), "/"),
			Test: strings.HasSuffix(file, "_test.go"), Generated: ast.IsGenerated(tree),
			lines: bytes.Count(text, []byte("\n")), Tree: tree, set: set,
		})
		return nil
	})
	return files, err
}
