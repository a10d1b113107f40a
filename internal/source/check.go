package source

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Code is the module with its types: each package as programs see it, and what
// is called by name in every file, tests included.
type Code struct {
	packages map[string]*types.Package // by import path, without tests
	files    []*File
	root     string
	uses     []use
	faces    map[string][]*types.Interface // every interface that declares a method of that name
	records  []*types.Struct               // every struct type that is written somewhere
	exports  types.Importer
	byDir    map[string]*folder
}

// use is a name in one package that means something declared in another.
type use struct {
	object types.Object
	by     *File
}

// folder holds the files of one folder: the package, the tests inside it, and
// those in a package of their own.
type folder struct{ own, inside, outside []*File }

// Check finds the types of every file.
func Check(root string, files []*File) (*Code, error) {
	c := &Code{
		packages: map[string]*types.Package{}, files: files, root: root,
		faces: map[string][]*types.Interface{}, byDir: map[string]*folder{},
	}
	var err error
	if c.exports, err = Exports(root, files[0].set, c.others()...); err != nil {
		return nil, err
	}
	for _, f := range files {
		in := c.byDir[f.Dir]
		if in == nil {
			in = &folder{}
			c.byDir[f.Dir] = in
		}
		switch {
		case !f.Test:
			in.own = append(in.own, f)
		case strings.HasSuffix(f.Tree.Name.Name, "_test"):
			in.outside = append(in.outside, f)
		default:
			in.inside = append(in.inside, f)
		}
	}
	for dir, in := range c.byDir {
		if _, err := c.Import(Module + "/" + dir); err != nil {
			return nil, err
		}
		c.checkTests(Module+"/"+dir, in)
	}
	seen := map[*types.Package]bool{}
	for _, p := range c.packages {
		c.collectFaces(p, seen)
	}
	return c, nil
}

// Import gives a package, one of ours from its files.
func (c *Code) Import(path string) (*types.Package, error) {
	dir, ours := strings.CutPrefix(path, Module+"/")
	if !ours {
		return c.exports.Import(path)
	}
	if p := c.packages[path]; p != nil {
		return p, nil
	}
	in := c.byDir[dir]
	if in == nil || len(in.own) == 0 {
		return types.NewPackage(path, ""), nil // nothing but tests
	}
	var wrong []error
	p := c.check(path, in.own, c, func(err error) { wrong = append(wrong, err) })
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%s: %w", path, errors.Join(wrong...))
	}
	c.packages[path] = p
	return p, nil
}

// checkTests goes through the tests of a package. Those outside it see what
// those inside export to them; that makes two copies of the package's types, and
// the complaints about them say nothing about the names in use.
func (c *Code) checkTests(path string, in *folder) {
	ignore := func(error) {}
	var seen types.Importer = c
	if len(in.inside) > 0 {
		p := c.check(path, slices.Concat(in.own, in.inside), c, ignore)
		seen = variant{Code: c, path: path, p: p}
	}
	if len(in.outside) > 0 {
		c.check(path+"_test", in.outside, seen, ignore)
	}
}

// variant imports one package as its own tests see it.
type variant struct {
	*Code
	path string
	p    *types.Package
}

func (v variant) Import(path string) (*types.Package, error) {
	if path == v.path {
		return v.p, nil
	}
	return v.Code.Import(path)
}

// check finds the types of some files, and notes what they use of other packages.
func (c *Code) check(path string, files []*File, imports types.Importer, wrong func(error)) *types.Package {
	trees := make([]*ast.File, len(files))
	for i, f := range files {
		trees[i] = f.Tree
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: imports, Error: wrong}
	p, _ := config.Check(path, files[0].set, trees, info) // its first error is wrong's too
	at := map[*token.File]*File{}
	for _, f := range files {
		at[f.set.File(f.Tree.Pos())] = f
	}
	for name, object := range info.Uses {
		if object.Pkg() != nil && object.Pkg().Path() != path && below(object.Pkg().Path(), Module) {
			c.uses = append(c.uses, use{object: object, by: at[files[0].set.File(name.Pos())]})
		}
	}
	for _, tv := range info.Types {
		if !tv.IsType() {
			continue
		}
		switch t := tv.Type.(type) {
		case *types.Interface:
			c.addFace(t)
		case *types.Struct:
			c.records = append(c.records, t)
		}
	}
	return p
}

// collectFaces gathers the interfaces that a package and those that it imports declare.
func (c *Code) collectFaces(p *types.Package, seen map[*types.Package]bool) {
	if seen[p] {
		return
	}
	seen[p] = true
	for _, name := range p.Scope().Names() {
		if named, ok := p.Scope().Lookup(name).(*types.TypeName); ok {
			if face, ok := named.Type().Underlying().(*types.Interface); ok {
				c.addFace(face)
			}
		}
	}
	for _, q := range p.Imports() {
		c.collectFaces(q, seen)
	}
}

func (c *Code) addFace(face *types.Interface) {
	for m := range face.Methods() {
		c.faces[m.Name()] = append(c.faces[m.Name()], face)
	}
}

// others gives the paths of the packages of other modules that ours import.
func (c *Code) others() (paths []string) {
	for _, f := range c.files {
		for _, path := range f.Imports() {
			if !below(path, Module) && path != "unsafe" && path != "C" && !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// below says whether path is pkg or a package inside it.
func below(path, pkg string) bool { return path == pkg || strings.HasPrefix(path, pkg+"/") }
