package policy

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// unknownValues finds comparisons with a value that can never occur, such as
// role == "superadmin". CEL takes them for valid and they are silently false,
// which for a condition means a door left open. Seen are ==, != and in.
func unknownValues(n *yamldoc.Node, checked *cel.Ast) []fault.Field {
	tree := checked.NativeRep()
	var wrong []fault.Field
	for _, call := range ast.MatchDescendants(ast.NavigateAST(tree), ast.KindMatcher(ast.CallKind)) {
		args := call.AsCall().Args()
		if name := call.AsCall().FunctionName(); len(args) != 2 || !slices.Contains([]string{"_==_", "_!=_", "@in"}, name) {
			continue
		}
		for _, pair := range [][2]ast.Expr{{args[0], args[1]}, {args[1], args[0]}} {
			name := factOf(tree, pair[0])
			values := allowed(name)
			if values == nil {
				continue
			}
			for _, literal := range literals(pair[1]) {
				value, ok := literal.AsLiteral().Value().(string)
				if !ok || slices.Contains(values, value) {
					continue
				}
				at := tree.SourceInfo().GetStartLocation(literal.ID())
				wrong = append(wrong, problemAt(n, offsetOf(n.Text(), at.Line(), at.Column()),
					"policy_value_impossible", "fact", name, "value", value, "known", values))
			}
		}
	}
	return wrong
}

// factOf names the fact that an expression reads, "" for any other expression.
func factOf(tree *ast.AST, e ast.Expr) string {
	switch e.Kind() {
	case ast.IdentKind:
		return e.AsIdent()
	case ast.SelectKind:
		switch tree.GetType(e.AsSelect().Operand().ID()).TypeName() {
		case "policy.Organisation":
			return "organisations[]." + e.AsSelect().FieldName()
		case "policy.Arrear":
			return "arrears[]." + e.AsSelect().FieldName()
		}
	}
	return ""
}

// literals gives a literal itself, or those of a list of literals.
func literals(e ast.Expr) []ast.Expr {
	switch e.Kind() {
	case ast.LiteralKind:
		return []ast.Expr{e}
	case ast.ListKind:
		var out []ast.Expr
		for _, item := range e.AsList().Elements() {
			if item.Kind() == ast.LiteralKind {
				out = append(out, item)
			}
		}
		return out
	}
	return nil
}
