package arch

import (
	"go/ast"
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

// excused lists the tests that may sleep or skip, and why. Everything else
// polls with a deadline, uses testing/synctest, or fails when something that it
// needs is missing.
var excused = map[string]string{}

func TestDomainReadsNoClock(t *testing.T) {
	inDomain := func(f *source.File) bool { return !f.Test && slices.Contains(domainRooms, f.Room()) }
	inspect(t, inDomain, func(f *source.File, n ast.Node) bool {
		if f.Uses(n, "time", "Now", "Since", "Until") {
			t.Errorf("%s: reads the clock; take the time as an argument or from Now", f.At(n))
		}
		return true
	})
}

func TestNothingHappensOnImport(t *testing.T) {
	inspect(t, all, func(f *source.File, n ast.Node) bool {
		fn, ok := n.(*ast.FuncDecl)
		if ok && fn.Recv == nil && fn.Name.Name == "init" {
			t.Errorf("%s: an init function; wire it where it is used", f.At(n))
		}
		return true
	})
}

func TestNobodySleeps(t *testing.T) {
	inspect(t, all, func(f *source.File, n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && f.Uses(call.Fun, "testing/synctest", "Test") {
			return false // time is not real in there
		}
		if f.Uses(n, "time", "Sleep") && excused[f.Path] == "" {
			t.Errorf("%s: sleeps; wait for what you wait for", f.At(n))
		}
		return true
	})
}

func TestNoTestSkipsItself(t *testing.T) {
	tests := func(f *source.File) bool { return f.Test && excused[f.Path] == "" }
	inspect(t, tests, func(f *source.File, n ast.Node) bool {
		if branch, ok := n.(*ast.IfStmt); ok && asksForShort(f, branch.Cond) {
			return false // left out on request, by -short
		}
		if fn, ok := n.(*ast.FuncLit); ok && drawsCases(f, fn.Type) {
			return false // there it drops one drawn case, not the test
		}
		if fn, ok := n.(*ast.FuncDecl); ok && drawsCases(f, fn.Type) {
			return false
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, selector.Sel.Name) {
			return true
		}
		if receiver, ok := selector.X.(*ast.Ident); ok && slices.Contains([]string{"t", "b", "f", "tb", "rt"}, receiver.Name) {
			t.Errorf("%s: skips itself; fail and say how to get what is missing", f.At(n))
		}
		return true
	})
}

// drawsCases says whether a function is a part of a property test.
func drawsCases(f *source.File, fn *ast.FuncType) bool {
	return slices.ContainsFunc(fn.Params.List, func(param *ast.Field) bool {
		pointer, ok := param.Type.(*ast.StarExpr)
		return ok && f.Uses(pointer.X, "pgregory.net/rapid", "T")
	})
}

func asksForShort(f *source.File, condition ast.Expr) bool {
	found := false
	ast.Inspect(condition, func(n ast.Node) bool {
		found = found || f.Uses(n, "testing", "Short")
		return !found
	})
	return found
}
