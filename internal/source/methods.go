package source

import (
	"go/types"
	"strings"
)

// MethodSets are all methods of the interfaces that the module names, those of
// what they embed included.
func (c *Code) MethodSets() Sizes {
	var s Sizes
	for _, p := range c.packages {
		for _, name := range p.Scope().Names() {
			if face, ok := p.Scope().Lookup(name).(*types.TypeName); ok && types.IsInterface(face.Type()) {
				all := face.Type().Underlying().(*types.Interface).NumMethods()
				s = append(s, Size{Name: strings.TrimPrefix(p.Path(), Module+"/") + "." + name, N: all})
			}
		}
	}
	return sorted(s)
}
