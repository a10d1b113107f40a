package source

import (
	"bytes"
	"cmp"
	"go/ast"
	"path"
	"slices"
)

// Size is how large something is: a file or a function in lines, an interface in
// methods.
type Size struct {
	Name string // a file, or file:line and a name
	N    int
}

// Sizes come with the largest first.
type Sizes []Size

func sorted(s Sizes) Sizes {
	slices.SortFunc(s, func(a, b Size) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return s
}

// Max is the largest size, or 0.
func (s Sizes) Max() int {
	if len(s) == 0 {
		return 0
	}
	return s[0].N
}

// Percentile is the size that p of a hundred do not exceed, or 0.
func (s Sizes) Percentile(p int) int {
	if len(s) == 0 {
		return 0
	}
	return s[len(s)-1-min(len(s)*p/100, len(s)-1)].N
}

// Sum is all sizes together.
func (s Sizes) Sum() int {
	sum := 0
	for _, one := range s {
		sum += one.N
	}
	return sum
}

// Written says whether somebody wrote the file as production code, and Tested
// whether as a test; what a program generated is neither.
func Written(f *File) bool { return !f.Generated && !f.Test }

// Tested is Written for tests.
func Tested(f *File) bool { return !f.Generated && f.Test }

// Files are the lines of the files that pick chooses.
func Files(files []*File, pick func(*File) bool) Sizes {
	var s Sizes
	for _, f := range files {
		if pick(f) {
			s = append(s, Size{Name: f.Path, N: f.lines})
		}
	}
	return sorted(s)
}

// Templates are the lines of the pages' templ files.
func Templates(root string) (Sizes, error) {
	var s Sizes
	err := Texts(root, func(file string, text []byte) error {
		if path.Ext(file) == ".templ" {
			s = append(s, Size{Name: file, N: bytes.Count(text, []byte("\n"))})
		}
		return nil
	})
	return sorted(s), err
}

// Functions are the lines of functions and methods, from func to the last brace.
func Functions(files []*File, pick func(*File) bool) Sizes {
	var s Sizes
	for _, f := range files {
		if !pick(f) {
			continue
		}
		for _, d := range f.Tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				s = append(s, Size{Name: f.At(fn) + " " + fn.Name.Name, N: f.line(fn.End()) - f.line(fn.Pos()) + 1})
			}
		}
	}
	return sorted(s)
}

// Interfaces are the methods that each interface declares itself; what it embeds
// is not counted.
func Interfaces(files []*File, pick func(*File) bool) Sizes {
	var s Sizes
	for _, f := range files {
		if !pick(f) {
			continue
		}
		name := "of no name"
		ast.Inspect(f.Tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				name = n.Name.Name
			case *ast.InterfaceType:
				s = append(s, Size{Name: f.At(n) + " " + name, N: declared(n)})
			}
			return true
		})
	}
	return sorted(s)
}

func declared(face *ast.InterfaceType) int {
	own := 0
	for _, m := range face.Methods.List {
		if _, method := m.Type.(*ast.FuncType); method {
			own += len(m.Names)
		}
	}
	return own
}
