package arch

import (
	"go/ast"
	"go/token"
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/source"
)

// list is a function that returns nothing but constants of its own package.
type list struct {
	name  string
	names []*ast.Ident
	file  *source.File
}

// A function such as Causes() names every constant of the block that its first
// one stands in: what depends on such a list (texts, tests, settings, the API)
// would otherwise never hear of a new one.
func TestAListOfConstantsNamesTheWholeBlock(t *testing.T) {
	blocks := map[string]map[string][]string{} // by folder, by constant: the names of its block
	var lists []list
	for _, f := range sources(t) {
		if f.Test {
			continue
		}
		if blocks[f.Dir] == nil {
			blocks[f.Dir] = map[string][]string{}
		}
		for _, d := range f.Tree.Decls {
			if block, ok := d.(*ast.GenDecl); ok && block.Tok == token.CONST {
				names := stringsOf(block)
				for _, n := range names {
					blocks[f.Dir][n] = names
				}
			}
			if l, ok := listOf(f, d); ok {
				lists = append(lists, l)
			}
		}
	}
	held := map[string]bool{}
	for _, l := range lists {
		block := blocks[l.file.Dir][l.names[0].Name]
		if block == nil {
			continue // of another package, or no constants
		}
		held[l.file.Dir+"."+l.name] = true
		in := map[string]bool{}
		for _, n := range l.names {
			in[n.Name] = true
		}
		for _, n := range block {
			if !in[n] {
				t.Errorf("%s: %s does not name %s, which stands in the same block of constants", l.file.Path, l.name, n)
			}
		}
	}
	for _, name := range []string{"session.Causes", "session.DeviceKinds", "identity.Roles", "org.Roles", "org.Offices", "language.All"} {
		if !held["internal/"+name] {
			t.Errorf("%s is no plain list of constants any more: nothing tells when one is forgotten", name)
		}
	}
}

// stringsOf names the constants of a block that have a text for a value.
func stringsOf(block *ast.GenDecl) (names []string) {
	for _, s := range block.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 || len(v.Names) != 1 {
			continue
		}
		if literal, ok := v.Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
			names = append(names, v.Names[0].Name)
		}
	}
	return names
}

// listOf reads `func Xs() []T { return []T{A, B} }`.
func listOf(f *source.File, d ast.Decl) (list, bool) {
	fn, ok := d.(*ast.FuncDecl)
	if !ok || fn.Recv != nil || fn.Body == nil || len(fn.Body.List) != 1 || len(fn.Type.Params.List) != 0 || !fn.Name.IsExported() {
		return list{}, false
	}
	back, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(back.Results) != 1 {
		return list{}, false
	}
	literal, ok := back.Results[0].(*ast.CompositeLit)
	if !ok || len(literal.Elts) == 0 {
		return list{}, false
	}
	l := list{name: fn.Name.Name, file: f}
	for _, e := range literal.Elts {
		n, ok := e.(*ast.Ident)
		if !ok {
			return list{}, false
		}
		l.names = append(l.names, n)
	}
	return l, true
}

// sayLanguages are the files that may name a language as a literal, and why.
var sayLanguages = map[string]string{
	"internal/language/language.go":  "the list",
	"internal/store/session.go":      "names of stored fields, which stay what they are",
	"internal/web/webtest/window.go": "what a browser asks for",
}

// A language that stands in the code as a literal is one that a new language does
// not stand beside: it is said by language.Each, or by a text.
func TestLanguagesStandInOneList(t *testing.T) {
	literals := append(language.All(), "zh")
	for _, f := range sources(t) {
		if f.Test || f.Generated || sayLanguages[f.Path] != "" || below(f.Dir, "client") || below(f.Dir, "examples") {
			continue
		}
		ast.Inspect(f.Tree, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if s, ok := source.StringLiteral(e); ok && slices.Contains(literals, s) {
					t.Errorf("%s: %q is a literal; take it from internal/language, and say what there is to say by language.Each", f.At(n), s)
				}
			}
			return true
		})
	}
}
