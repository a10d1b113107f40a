package texts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// use is one place in the code that names a fault's code.
type use struct {
	code  string
	args  []string
	known bool // whether every argument's name could be read
	at    token.Position
}

// Every code that the program can answer with has a text in both languages, and
// no text asks for an argument that the code does not give.
func TestEveryCodeHasATextAndItsArguments(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	uses := codesUsed(t, "../..")
	if len(uses) == 0 {
		t.Fatal("no code found: the search is broken")
	}
	for _, u := range uses {
		for _, lang := range Languages() {
			m := c.messages[lang]["fault."+u.code]
			if m == nil {
				t.Errorf("%s: fault.%s has no text in %s", u.at, u.code, lang)
				continue
			}
			if !u.known {
				continue
			}
			for _, p := range placeholders(t, m) {
				if !slices.Contains(u.args, p) && (p != "count" || m.One == "") {
					t.Errorf("%s: the %s text of %s asks for %q, given are %v", u.at, lang, u.code, p, u.args)
				}
			}
		}
	}
}

// codesUsed reads the program's own sources, tests left out.
func codesUsed(t *testing.T, root string) []use {
	t.Helper()
	var uses []use
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler says it better
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !namesCode(f) {
				return true
			}
			code, ok := literal(call.Args[1])
			if !ok {
				return true
			}
			u := use{code: code, known: !call.Ellipsis.IsValid(), at: set.Position(call.Pos())}
			for i := 2; i < len(call.Args); i += 2 {
				name, ok := literal(call.Args[i])
				if !ok {
					u.known = false
					continue
				}
				u.args = append(u.args, firstLetter(name, unicode.ToLower))
			}
			uses = append(uses, u)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return uses
}

// namesCode says whether a call is fault.New or the At of a fault: both take the
// code as their second argument.
func namesCode(f *ast.SelectorExpr) bool {
	if f.Sel.Name == "At" {
		return true
	}
	pkg, ok := f.X.(*ast.Ident)
	return ok && pkg.Name == "fault" && f.Sel.Name == "New"
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
