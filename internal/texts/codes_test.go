package texts

import (
	"go/ast"
	"slices"
	"testing"
	"unicode"

	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/source"
)

// use is one place in the code that names a fault's code.
type use struct {
	code  string
	args  []string
	known bool // whether every argument's name could be read
	at    string
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
		for _, lang := range language.All() {
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
	files, err := source.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	var uses []use
	for _, file := range files {
		if file.Test {
			continue
		}
		ast.Inspect(file.Tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !namesCode(f) {
				return true
			}
			code, ok := source.StringLiteral(call.Args[1])
			if !ok {
				return true
			}
			u := use{code: code, known: !call.Ellipsis.IsValid(), at: file.At(call)}
			for i := 2; i < len(call.Args); i += 2 {
				name, ok := source.StringLiteral(call.Args[i])
				if !ok {
					u.known = false
					continue
				}
				u.args = append(u.args, firstLetter(name, unicode.ToLower))
			}
			uses = append(uses, u)
			return true
		})
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
