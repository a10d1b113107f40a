package yamldoc

import (
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/signoff-id/signoff/internal/fault"
)

// converter turns the parser's tree into ours and collects what is refused.
type converter struct {
	lines [][]rune
	wrong []fault.Field
}

func (c *converter) refuse(n *Node, code string, args ...any) {
	c.wrong = append(c.wrong, n.Problem(code, args...))
}

func (c *converter) place(t *token.Token) *Node {
	n := &Node{Line: 1, Column: 1, lines: c.lines}
	if t != nil && t.Position != nil {
		n.Line, n.Column = max(t.Position.Line, 1), max(t.Position.Column, 1)
		n.quoted = t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
	}
	return n
}

func (c *converter) node(from ast.Node, depth int) *Node {
	if from == nil {
		return c.place(nil)
	}
	n := c.place(start(from))
	if depth > maxDepth {
		c.refuse(n, "yaml_depth", "limit", maxDepth)
		return n
	}
	switch v := from.(type) {
	case *ast.MappingNode:
		c.mapping(n, v.Values, depth)
	case *ast.MappingValueNode:
		c.mapping(n, []*ast.MappingValueNode{v}, depth)
	case *ast.SequenceNode:
		n.Kind = Sequence
		for _, item := range v.Values {
			n.Items = append(n.Items, c.node(item, depth+1))
		}
	default:
		c.scalar(n, from)
	}
	return n
}

// start is the token a node begins with. The parser's own answer for a block
// mapping is its first colon; a reader looks at its first key.
func start(n ast.Node) *token.Token {
	switch v := n.(type) {
	case *ast.MappingNode:
		if !v.IsFlowStyle && len(v.Values) > 0 {
			return v.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return v.Key.GetToken()
	}
	return n.GetToken()
}

func (c *converter) mapping(n *Node, values []*ast.MappingValueNode, depth int) {
	n.Kind = Mapping
	first := map[string]int{}
	for _, v := range values {
		key := c.place(v.Key.GetToken())
		c.scalar(key, v.Key)
		if key.Kind != String {
			c.refuse(key, "yaml_key_not_text")
			continue
		}
		name := key.Text()
		if line, twice := first[name]; twice {
			c.refuse(key, "yaml_key_twice", "key", name, "line", line)
			continue
		}
		first[name] = key.Line
		value := c.node(v.Value, depth+1)
		if value.Kind == Null {
			value.Line, value.Column = key.Line, key.Column // an absent value has no place of its own
		}
		n.Fields = append(n.Fields, Field{Name: name, Key: key, Value: value})
	}
}

func (c *converter) scalar(n *Node, from ast.Node) {
	switch v := from.(type) {
	case *ast.StringNode:
		n.Kind, n.scalar = String, v.Value
	case *ast.LiteralNode:
		n.Kind, n.scalar, n.block = String, v.Value.Value, true
	case *ast.IntegerNode:
		n.Kind, n.scalar = Integer, v.Value
		if u, ok := v.Value.(uint64); ok && u <= 1<<63-1 {
			n.scalar = int64(u)
		}
	case *ast.FloatNode:
		n.Kind, n.scalar = Float, v.Value
	case *ast.BoolNode:
		n.Kind, n.scalar = Bool, v.Value
	case *ast.NullNode:
		n.Kind = Null
	default: // infinities, not-a-number and whatever a later parser may add
		c.refuse(n, "yaml_feature", "feature", from.Type().String())
	}
}
