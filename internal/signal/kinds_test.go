package signal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/signoff-id/signoff/internal/signal"
)

// A kind without a rule would be sent to everybody, kept with its secrets, and
// tried by no test.
func TestEveryKindHasARule(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "kinds.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		literal, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		kind, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		kinds++
		if _, known := signal.RuleOf(kind); !known {
			t.Errorf("%s has no rule: add one to rules in internal/signal/kinds.go", spec.Names[0].Name)
		}
		return true
	})
	if kinds < 30 || kinds != len(signal.Rules()) {
		t.Errorf("%d kinds and %d rules", kinds, len(signal.Rules()))
	}
	for _, r := range signal.Rules() {
		for _, name := range r.Secrets {
			if !slices.Contains(r.Args, name) {
				t.Errorf("%s: %s is a secret and no argument", r.Kind, name)
			}
		}
		if slices.Contains(r.Args, "link") || slices.Contains(r.Args, "code") {
			if !r.NotKept && len(r.Secrets) == 0 {
				t.Errorf("%s: its link or code lets somebody in; name it in Secrets, or set NotKept", r.Kind)
			}
		}
	}
}
