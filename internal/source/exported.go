package source

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Unused is an exported name that no other package uses, or only tests do.
type Unused struct {
	Name  string // as a reader would write it: room.Type.Method
	At    string // file:line
	Tests bool   // a test elsewhere uses it
}

// Unneeded lists what the packages below internal/ export and no other package
// uses. It rather misses one than names a wrong one; left out are
//   - the types of what else is exported, and types embedded in others,
//   - methods by which a type fulfils an interface,
//   - fields that are read by their tags, and what a text template asks for,
//   - constants of one block, and fields of one record (a struct without methods),
//     where another package uses one of them: these are read as a whole.
func (c *Code) Unneeded() ([]Unused, error) {
	f := &finder{
		Code: c, used: map[token.Pos]bool{}, tested: map[token.Pos]bool{}, exposed: map[*types.TypeName]bool{}, asked: map[string]bool{},
		block: map[token.Pos]*ast.GenDecl{}, spoken: map[*ast.GenDecl]bool{},
	}
	shipped := Shipped(c.files)
	for _, u := range c.uses {
		if u.by.Test || !shipped[u.by.Dir] {
			f.tested[u.object.Pos()] = true
		} else {
			f.used[u.object.Pos()] = true
		}
	}
	err := Texts(c.root, func(file string, text []byte) error {
		if path.Ext(file) == ".tmpl" {
			for _, m := range templateField.FindAllSubmatch(text, -1) {
				f.asked[string(m[1])] = true
			}
		}
		return nil
	})
	f.blocks()
	for _, record := range c.records {
		for v := range record.Fields() {
			if v.Embedded() { // the type's name is a field's, read by reflection, too
				f.along(v.Type())
			}
		}
	}
	for _, visit := range []func(*types.Package){f.expose, f.search} {
		for at, p := range c.packages {
			if below(at, Module+"/internal") && p.Name() != "main" {
				visit(p)
			}
		}
	}
	slices.SortFunc(f.found, func(a, b Unused) int { return strings.Compare(a.Name, b.Name) })
	return f.found, err
}

// templateField finds what a text template reads of its data.
var templateField = regexp.MustCompile(`\.([A-Z]\w*)`)

type finder struct {
	*Code
	used, tested map[token.Pos]bool
	exposed      map[*types.TypeName]bool // in the signature of something exported
	asked        map[string]bool          // by templates
	block        map[token.Pos]*ast.GenDecl
	spoken       map[*ast.GenDecl]bool // a block of constants in use elsewhere
	found        []Unused
}

// search goes through what a package exports.
func (f *finder) search(p *types.Package) {
	for _, name := range p.Scope().Names() {
		object := p.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		whole := p.Name() + "." + name
		switch object := object.(type) {
		case *types.Const:
			if !f.spoken[f.block[object.Pos()]] {
				f.note(whole, object)
			}
		case *types.TypeName:
			if !f.exposed[object] {
				f.note(whole, object)
			}
			f.inside(whole, object)
		default:
			f.note(whole, object)
		}
	}
}

// blocks notes which constants are declared together, and the blocks of which one
// is used.
func (f *finder) blocks() {
	for _, file := range f.files {
		for _, d := range file.Tree.Decls {
			block, ok := d.(*ast.GenDecl)
			if !ok || block.Tok != token.CONST || len(block.Specs) < 2 {
				continue
			}
			for _, spec := range block.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					f.block[name.Pos()] = block
					f.spoken[block] = f.spoken[block] || f.used[name.Pos()] || f.tested[name.Pos()]
				}
			}
		}
	}
}

// inside goes through the fields and methods of an exported type.
func (f *finder) inside(whole string, object *types.TypeName) {
	named, ok := object.Type().(*types.Named)
	if !ok || object.IsAlias() {
		return
	}
	if record, ok := named.Underlying().(*types.Struct); ok && !f.whole(named, record) {
		for i := range record.NumFields() {
			v := record.Field(i)
			if v.Exported() && !v.Embedded() && record.Tag(i) == "" && !f.asked[v.Name()] {
				f.note(whole+"."+v.Name(), v)
			}
		}
	}
	for m := range named.Methods() {
		if m.Exported() && !f.asked[m.Name()] && !f.demanded(named, m.Name()) {
			f.note(whole+"."+m.Name(), m)
		}
	}
}

// whole says whether the type is a record of which another package uses a field.
func (f *finder) whole(named *types.Named, record *types.Struct) bool {
	if named.NumMethods() > 0 {
		return false
	}
	for v := range record.Fields() {
		if f.used[v.Pos()] || f.tested[v.Pos()] {
			return true
		}
	}
	return false
}

// demanded says whether the type fulfils an interface by that method. The
// methods that errors.Is and its like look for are in no declared interface.
func (f *finder) demanded(named *types.Named, method string) bool {
	if slices.Contains([]string{"Is", "As", "Unwrap", "Error"}, method) {
		return true
	}
	for _, face := range f.faces[method] {
		if named.TypeParams().Len() > 0 || types.Implements(named, face) || types.Implements(types.NewPointer(named), face) {
			return true
		}
	}
	return false
}

func (f *finder) note(whole string, object types.Object) {
	if f.used[object.Pos()] {
		return
	}
	at := f.files[0].set.Position(object.Pos())
	f.found = append(f.found, Unused{Name: whole, At: fmt.Sprintf("%s:%d", at.Filename, at.Line), Tests: f.tested[object.Pos()]})
}
