package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed switch.go.txt
var switchText string

// overlayFile is what go build is told to read in the place of our sources.
func overlayFile(dir string) string { return filepath.Join(dir, "overlay.json") }

// plant writes the rooms' sources with every change behind its switch into dir,
// and an overlay that puts them in the place of the real ones.
func plant(ctx context.Context, rooms []string, dir string) ([]*change, error) {
	var all []*change
	replace := map[string]string{}
	put := func(path, text string) error {
		name, known := replace[path]
		if !known {
			name = filepath.Join(dir, fmt.Sprintf("source%d.go", len(replace)))
			replace[path] = name
		}
		return os.WriteFile(name, []byte(text), 0o600)
	}
	top, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for _, room := range rooms {
		folder, file := room, ""
		if strings.HasSuffix(room, ".go") {
			folder, file = filepath.Dir(room), filepath.Base(room)
		}
		packages, err := load(ctx, "./internal/"+folder)
		if err != nil {
			return nil, err
		}
		for at, files := range packages {
			for _, s := range files {
				if file != "" && filepath.Base(s.path) != file {
					continue
				}
				from, err := filepath.Rel(top, s.path)
				if err != nil {
					return nil, err
				}
				found, text := changed(s, filepath.ToSlash(from), room, len(all))
				if len(found) == 0 {
					continue
				}
				all = append(all, found...)
				if err := put(s.path, text); err != nil {
					return nil, err
				}
			}
			if len(files) == 0 {
				continue // all of it is generated
			}
			text := strings.Replace(switchText, "PACKAGE", files[0].pkg.Name(), 1)
			if err := put(filepath.Join(at, "mutant_switch.go"), text); err != nil {
				return nil, err
			}
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	return all, os.WriteFile(overlayFile(dir), text, 0o600)
}

// gardener goes through one file and marks the places to change.
type gardener struct {
	*source
	from  string // the file, from the top of the repository
	room  string
	next  int
	in    string
	found []*change
	edits []edit
}

// changed gives the changes of a file, numbered from after on, and its text with
// all of them.
func changed(s *source, from, room string, after int) ([]*change, string) {
	g := &gardener{source: s, from: from, room: room, next: after + 1}
	for _, d := range s.tree.Decls {
		g.in = "-"
		if f, ok := d.(*ast.FuncDecl); ok {
			g.in = f.Name.Name
		}
		ast.Inspect(d, g.visit)
	}
	sortEdits(g.edits)
	return g.found, s.render(g.edits, 0, len(s.text))
}

// mark notes a change of n and gives its number.
func (g *gardener) mark(n ast.Node, k kind) int {
	id := g.next
	g.next++
	g.found = append(g.found, &change{id: id, room: strings.TrimSuffix(g.room, ".go"), file: g.from,
		line: g.set.Position(n.Pos()).Line, in: g.in, kind: k, what: g.code(n), state: unreached})
	return id
}

func (g *gardener) edit(n ast.Node, write func(inner func(ast.Node) string) string) {
	g.edits = append(g.edits, edit{start: g.offset(n.Pos()), end: g.offset(n.End()), write: write})
}

// constant says whether an expression must stay what the compiler made of it.
func (g *gardener) constant(e ast.Expr) bool { return g.info.Types[e].Value != nil }

func (g *gardener) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok.String() != "const"
	case *ast.BinaryExpr:
		g.binary(n)
	case *ast.IfStmt:
		g.condition(n.Cond)
	case *ast.BlockStmt:
		g.statements(n.List)
	case *ast.CaseClause:
		g.statements(n.Body)
	case *ast.CompositeLit:
		g.literal(n)
	case *ast.CallExpr:
		return !quiet(n)
	}
	return true
}

// quiet are calls that tell only the log, or the tests.
func quiet(n *ast.CallExpr) bool {
	s, ok := n.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if inner, ok := s.X.(*ast.SelectorExpr); ok && inner.Sel.Name == "Log" {
		return true
	}
	return slices.Contains([]string{"Probe", "probe", "Lock", "Unlock", "RLock", "RUnlock"}, s.Sel.Name)
}
