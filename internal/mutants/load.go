package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	house "github.com/signoff-id/signoff/internal/source"
)

// listed is a package as go list tells of it.
type listed struct {
	ImportPath, Dir  string
	GoFiles, Imports []string
}

// list asks go for packages.
func list(ctx context.Context, patterns ...string) ([]listed, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-json=ImportPath,Dir,GoFiles,Imports"}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
}

// source is a file with what the compiler knows of it.
type source struct {
	path string // as go list gives it
	text []byte
	tree *ast.File
	set  *token.FileSet
	info *types.Info
	pkg  *types.Package
}

// load reads and checks the packages that patterns name.
func load(ctx context.Context, patterns ...string) (map[string][]*source, error) {
	wanted, err := list(ctx, patterns...)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	var paths []string
	for _, p := range wanted {
		paths = append(paths, p.Imports...)
	}
	imports, err := house.Exports("", set, paths...)
	if err != nil {
		return nil, err
	}
	out := map[string][]*source{}
	for _, p := range wanted {
		var files []*source
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
		for _, name := range p.GoFiles {
			s := &source{path: filepath.Join(p.Dir, name), set: set, info: info}
			if s.text, err = os.ReadFile(s.path); err != nil {
				return nil, err
			}
			if s.tree, err = parser.ParseFile(set, s.path, s.text, parser.ParseComments|parser.SkipObjectResolution); err != nil {
				return nil, err
			}
			files = append(files, s)
		}
		trees := make([]*ast.File, len(files))
		for i, s := range files {
			trees[i] = s.tree
		}
		pkg, err := (&types.Config{Importer: imports}).Check(p.ImportPath, set, trees, info)
		if err != nil {
			return nil, err
		}
		for _, s := range files {
			s.pkg = pkg
		}
		out[p.Dir] = slices.DeleteFunc(files, func(s *source) bool { return ast.IsGenerated(s.tree) })
	}
	return out, nil
}

// code gives the text of a node, on one line and not too long.
func (s *source) code(n ast.Node) string {
	text := strings.Join(strings.Fields(string(s.text[s.offset(n.Pos()):s.offset(n.End())])), " ")
	if runes := []rune(text); len(runes) > 100 {
		text = string(runes[:100]) + "…"
	}
	return text
}

func (s *source) offset(p token.Pos) int { return s.set.Position(p).Offset }
