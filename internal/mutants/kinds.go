package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

func (g *gardener) binary(n *ast.BinaryExpr) {
	if g.constant(n) {
		return
	}
	switch n.Op {
	case token.EQL, token.NEQ:
		g.turn(n)
	case token.LSS, token.GTR:
		id := g.mark(n, shifted)
		g.turn(n)
		g.edit(n, func(inner func(ast.Node) string) string {
			x, y := inner(n.X), inner(n.Y)
			return fmt.Sprintf("(%s %s %s || %s == %s && mutantOn(%d))", x, n.Op, y, x, y, id)
		})
	case token.LEQ, token.GEQ:
		id := g.mark(n, shifted)
		g.turn(n)
		g.edit(n, func(inner func(ast.Node) string) string {
			x, y := inner(n.X), inner(n.Y)
			return fmt.Sprintf("(%s %s %s && !(%s == %s && mutantOn(%d)))", x, n.Op, y, x, y, id)
		})
	case token.LAND, token.LOR:
		call := "mutantJoin"
		if n.Op == token.LOR {
			call = "mutantSplit"
		}
		id := g.mark(n, joined)
		g.edit(n, func(inner func(ast.Node) string) string {
			return fmt.Sprintf("%s(%d, %s, func() bool { return %s })", call, id, inner(n.X), inner(n.Y))
		})
	case token.ADD, token.SUB, token.MUL, token.QUO:
		g.reckon(n)
	}
}

// turn makes a condition its opposite.
func (g *gardener) turn(n ast.Expr) {
	id := g.mark(n, turned)
	g.edit(n, func(inner func(ast.Node) string) string {
		return fmt.Sprintf("((%s) != mutantOn(%d))", inner(n), id)
	})
}

var opposite = map[token.Token]token.Token{token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL}

func (g *gardener) reckon(n *ast.BinaryExpr) {
	t := g.info.Types[n].Type
	name, ok := g.typeName(t)
	if b, basic := t.Underlying().(*types.Basic); !ok || !basic || b.Info()&types.IsNumeric == 0 {
		return
	}
	id := g.mark(n, reckoned)
	g.edit(n, func(inner func(ast.Node) string) string {
		x, y := inner(n.X), inner(n.Y)
		return fmt.Sprintf("func() %s { if mutantOn(%d) { return %s %s %s }; return %s %s %s }()", name, id, x, opposite[n.Op], y, x, n.Op, y)
	})
}

// condition lets what an if guards never happen.
func (g *gardener) condition(n ast.Expr) {
	if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.NEQ {
		if x, ok := b.X.(*ast.Ident); ok && x.Name == "err" {
			return // see kind
		}
	}
	id := g.mark(n, never)
	g.edit(n, func(inner func(ast.Node) string) string {
		return fmt.Sprintf("((%s) && !mutantOn(%d))", inner(n), id)
	})
	switch n.(type) {
	case *ast.Ident, *ast.CallExpr, *ast.UnaryExpr, *ast.SelectorExpr:
		g.turn(n)
	}
}

// statements leaves out calls and assignments, one at a time.
func (g *gardener) statements(list []ast.Stmt) {
	for _, n := range list {
		switch n := n.(type) {
		case *ast.ExprStmt:
			call, ok := n.X.(*ast.CallExpr)
			if !ok || quiet(call) {
				continue
			}
			if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "panic" {
				continue
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE || onlyBlank(n) {
				continue
			}
		case *ast.IncDecStmt:
		default:
			continue
		}
		id := g.mark(n, leftOut)
		g.edit(n, func(inner func(ast.Node) string) string {
			return fmt.Sprintf("if !mutantOn(%d) { %s }", id, inner(n))
		})
	}
}

func onlyBlank(n *ast.AssignStmt) bool {
	for _, l := range n.Lhs {
		if x, ok := l.(*ast.Ident); !ok || x.Name != "_" {
			return false
		}
	}
	return true
}

// literal forgets the fields of a struct and the entries of a map, one at a time.
func (g *gardener) literal(n *ast.CompositeLit) {
	for _, e := range n.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if lit, ok := kv.Value.(*ast.CompositeLit); ok && lit.Type == nil {
			continue // its own entries are forgotten, its type stands outside
		}
		t := g.info.Types[kv.Value].Type
		if t == nil {
			continue
		}
		if b, ok := t.(*types.Basic); ok && (b.Kind() == types.UntypedNil || g.isZero(kv.Value)) {
			continue
		}
		if g.isZero(kv.Value) {
			continue
		}
		argument := ""
		if g.constant(kv.Value) {
			name, ok := g.typeName(t)
			if !ok {
				continue
			}
			argument = "[" + name + "]"
		}
		id := g.mark(kv, forgotten)
		g.edit(kv.Value, func(inner func(ast.Node) string) string {
			return fmt.Sprintf("mutantForget%s(%d, %s)", argument, id, inner(kv.Value))
		})
	}
}

func (g *gardener) isZero(e ast.Expr) bool {
	v := g.info.Types[e].Value
	return v != nil && (v.ExactString() == "0" || v.ExactString() == `""` || v.ExactString() == "false")
}

// typeName gives a type as this file can write it.
func (g *gardener) typeName(t types.Type) (string, bool) {
	switch t := t.(type) {
	case *types.Basic:
		return t.Name(), t.Info()&types.IsUntyped == 0
	case *types.Named:
		switch pkg := t.Obj().Pkg(); {
		case pkg == nil || pkg == g.pkg:
			return t.Obj().Name(), t.TypeArgs() == nil
		case t.Obj().Exported() && t.TypeArgs() == nil:
			for _, spec := range g.tree.Imports {
				if spec.Path.Value == `"`+pkg.Path()+`"` && spec.Name == nil {
					return pkg.Name() + "." + t.Obj().Name(), true
				}
			}
		}
	}
	return "", false
}
