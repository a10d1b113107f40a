package main

import (
	"cmp"
	"go/ast"
	"slices"
	"strings"
)

// edit says how the text of one node is written with its switches.
type edit struct {
	start, end int
	write      func(inner func(ast.Node) string) string
}

// render writes a stretch of the file with all edits in it, the inner ones
// inside the outer ones. Edits of the same stretch wrap each other in the order
// in which they were made.
func (s *source) render(edits []edit, start, end int) string {
	var b strings.Builder
	at := start
	for i := 0; i < len(edits); i++ {
		e := edits[i]
		if e.start < at || e.end > end {
			continue
		}
		b.Write(s.text[at:e.start])
		inside := edits[i+1:]
		b.WriteString(e.write(func(n ast.Node) string {
			return s.render(inside, s.offset(n.Pos()), s.offset(n.End()))
		}))
		at = e.end
	}
	b.Write(s.text[at:end])
	return b.String()
}

// sortEdits puts outer edits before inner ones.
func sortEdits(edits []edit) {
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
}
