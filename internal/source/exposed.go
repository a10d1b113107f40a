package source

import "go/types"

// expose notes the types that come along with what a package exports.
func (f *finder) expose(p *types.Package) {
	for _, name := range p.Scope().Names() {
		object := p.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		named, isType := object.(*types.TypeName)
		if !isType {
			f.along(object.Type())
			continue
		}
		f.along(named.Type().Underlying())
		if n, ok := named.Type().(*types.Named); ok {
			for m := range n.Methods() {
				if m.Exported() {
					f.along(m.Type())
				}
			}
		}
	}
}

// along marks the named types that a type is made of.
func (f *finder) along(t types.Type) {
	switch t := t.(type) {
	case *types.Alias:
		f.exposed[t.Obj()] = true
		f.along(types.Unalias(t))
	case *types.Named:
		f.exposed[t.Origin().Obj()] = true
		for arg := range t.TypeArgs().Types() {
			f.along(arg)
		}
	case *types.Pointer:
		f.along(t.Elem())
	case *types.Slice:
		f.along(t.Elem())
	case *types.Array:
		f.along(t.Elem())
	case *types.Chan:
		f.along(t.Elem())
	case *types.Map:
		f.along(t.Key())
		f.along(t.Elem())
	case *types.Signature:
		f.along(t.Params())
		f.along(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			f.along(v.Type())
		}
	case *types.Struct:
		for v := range t.Fields() {
			if v.Exported() {
				f.along(v.Type())
			}
		}
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			f.along(m.Type())
		}
		for e := range t.EmbeddedTypes() {
			f.along(e)
		}
	case *types.Union:
		for term := range t.Terms() {
			f.along(term.Type())
		}
	}
}
