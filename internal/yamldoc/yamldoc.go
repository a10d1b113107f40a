// Package yamldoc reads the YAML that operators upload so strictly that every
// refusal names its place. It reads policies and calendars, and names the line
// and the column. It accepts the plain part of YAML 1.2 only: one document of
// mappings, lists and scalars. Anchors, aliases, tags, merge keys and
// directives are refused, because they make a small file large, or make it mean
// something other than what a reader sees.
package yamldoc

import (
	"fmt"
	"strconv"

	"github.com/signoff-id/signoff/internal/fault"
)

// MaxBytes bounds a document. The largest one that ships has about 10 KiB.
const MaxBytes = 64 << 10

// maxDepth bounds how deep mappings and lists may lie inside each other.
const maxDepth = 12

// Kind is what a Node holds.
type Kind uint8

// The kinds of a Node.
const (
	Null Kind = iota
	Mapping
	Sequence
	String
	Integer
	Float
	Bool
)

// Node is one value of a document and the place where it was written.
type Node struct {
	Kind   Kind
	Line   int     // 1-based
	Column int     // 1-based, in characters, not bytes
	Fields []Field // of a Mapping, in written order, names unique
	Items  []*Node // of a Sequence

	scalar any // string, int64, uint64, float64, bool or nil
	quoted bool
	block  bool
	lines  [][]rune // the whole source, shared by all nodes
}

// Field is one entry of a Mapping.
type Field struct {
	Name  string
	Key   *Node // where the name stands
	Value *Node
}

// Where gives the place as people write it: "line 3, column 7".
func (n *Node) Where() string { return Where(n.Line, n.Column) }

// Where gives a place as people write it: "line 3, column 7".
func Where(line, column int) string { return fmt.Sprintf("line %d, column %d", line, column) }

// Problem is a refusal at this node, as a field of a fault.
func (n *Node) Problem(code string, args ...any) fault.Field {
	return fault.Field{Path: n.Where(), Code: code, Args: fault.Pairs(args...)}
}

// Text is the value of a String, and "" for every other kind.
func (n *Node) Text() string {
	s, _ := n.scalar.(string)
	return s
}

// Int is the value of an Integer; ok is false for every other kind and for
// numbers that do not fit.
func (n *Node) Int() (value int, ok bool) {
	v, ok := n.scalar.(int64)
	return int(v), ok
}

// Any gives the value as encoding/json would: map[string]any, []any, string,
// numbers, bool or nil.
func (n *Node) Any() any {
	switch n.Kind {
	case Mapping:
		m := make(map[string]any, len(n.Fields))
		for _, f := range n.Fields {
			m[f.Name] = f.Value.Any()
		}
		return m
	case Sequence:
		l := make([]any, len(n.Items))
		for i, item := range n.Items {
			l[i] = item.Any()
		}
		return l
	default:
		return n.scalar
	}
}

// Field finds an entry of a Mapping by its name.
func (n *Node) Field(name string) (Field, bool) {
	for _, f := range n.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Find walks down: each step is the name of an entry or the index of an item.
// Where a step leads nowhere, the deepest node reached is given, so that there
// is always a place to point at.
func (n *Node) Find(steps ...string) *Node {
	for _, step := range steps {
		next := n.child(step)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

func (n *Node) child(step string) *Node {
	if f, ok := n.Field(step); ok {
		return f.Value
	}
	if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Items) {
		return n.Items[i]
	}
	return nil
}
