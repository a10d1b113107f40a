package arch

import (
	"go/ast"
	"slices"
	"testing"
)

// The limits of size. Files have a median near 120 lines and pass longFile
// seldom; nothing passes the limits.
const (
	longFile         = 400
	maxFile          = 800
	maxMethods       = 8
	reportPercentile = 90
)

// excused lists the tests that may sleep or skip, and why. Everything else
// polls with a deadline, uses testing/synctest, or fails when something that it
// needs is missing.
var excused = map[string]string{}

func TestDomainReadsNoClock(t *testing.T) {
	inDomain := func(f *goFile) bool { return !f.test && slices.Contains(domainRooms, f.room()) }
	inspect(t, inDomain, func(f *goFile, n ast.Node) bool {
		if f.uses(n, "time", "Now", "Since", "Until") {
			t.Errorf("%s: reads the clock; take the time as an argument or from Now", f.at(n))
		}
		return true
	})
}

func TestNothingHappensOnImport(t *testing.T) {
	inspect(t, all, func(f *goFile, n ast.Node) bool {
		fn, ok := n.(*ast.FuncDecl)
		if ok && fn.Recv == nil && fn.Name.Name == "init" {
			t.Errorf("%s: an init function; wire it where it is used", f.at(n))
		}
		return true
	})
}

func TestNobodySleeps(t *testing.T) {
	inspect(t, all, func(f *goFile, n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && f.uses(call.Fun, "testing/synctest", "Test") {
			return false // time is not real in there
		}
		if f.uses(n, "time", "Sleep") && excused[f.path] == "" {
			t.Errorf("%s: sleeps; wait for what you wait for", f.at(n))
		}
		return true
	})
}

func TestNoTestSkipsItself(t *testing.T) {
	tests := func(f *goFile) bool { return f.test && excused[f.path] == "" }
	inspect(t, tests, func(f *goFile, n ast.Node) bool {
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
			t.Errorf("%s: skips itself; fail and say how to get what is missing", f.at(n))
		}
		return true
	})
}

// drawsCases says whether a function is a part of a property test.
func drawsCases(f *goFile, fn *ast.FuncType) bool {
	return slices.ContainsFunc(fn.Params.List, func(param *ast.Field) bool {
		pointer, ok := param.Type.(*ast.StarExpr)
		return ok && f.uses(pointer.X, "pgregory.net/rapid", "T")
	})
}

func asksForShort(f *goFile, condition ast.Expr) bool {
	found := false
	ast.Inspect(condition, func(n ast.Node) bool {
		found = found || f.uses(n, "testing", "Short")
		return !found
	})
	return found
}

func TestInterfacesStaySmall(t *testing.T) {
	inspect(t, func(f *goFile) bool { return !f.test }, func(f *goFile, n ast.Node) bool {
		face, ok := n.(*ast.InterfaceType)
		if !ok {
			return true
		}
		own := 0
		for _, m := range face.Methods.List {
			if _, method := m.Type.(*ast.FuncType); method {
				own += len(m.Names)
			}
		}
		if own > maxMethods {
			t.Errorf("%s: an interface with %d methods of its own; compose it from smaller ones", f.at(n), own)
		}
		return true
	})
}

func TestFilesStayShort(t *testing.T) {
	var lengths []int
	for _, f := range sources(t) {
		if ast.IsGenerated(f.tree) {
			continue
		}
		if f.lines > maxFile {
			t.Errorf("%s has %d lines; the limit is %d", f.path, f.lines, maxFile)
		}
		if f.test {
			continue
		}
		lengths = append(lengths, f.lines)
		if f.lines > longFile {
			t.Logf("%s is long: %d lines", f.path, f.lines)
		}
	}
	slices.Sort(lengths)
	n := len(lengths)
	t.Logf("%d files without tests; lines: median %d, p%d %d, longest %d",
		n, lengths[n/2], reportPercentile, lengths[n*reportPercentile/100], lengths[n-1])
}

func all(*goFile) bool { return true }
