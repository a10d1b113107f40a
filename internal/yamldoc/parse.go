package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/signoff-id/signoff/internal/fault"
)

// Parse reads one document. Whatever the bytes are, the answer is a document or
// at least one refusal, each with its place; the codes begin with "yaml_".
func Parse(src []byte) (*Node, []fault.Field) {
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // Windows editors write one
	if wrong := readable(src); wrong != nil {
		return nil, []fault.Field{*wrong}
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) // the lexer counts a line twice otherwise
	tokens := lexer.Tokenize(string(src))
	if wrong := plain(tokens); wrong != nil {
		return nil, []fault.Field{*wrong}
	}
	file, err := parse(tokens)
	if err != nil {
		return nil, []fault.Field{syntax(err)}
	}
	body, wrong := only(file)
	if wrong != nil {
		return nil, []fault.Field{*wrong}
	}
	c := converter{lines: split(src)}
	root := c.node(body, 1)
	if len(c.wrong) > 0 {
		return nil, c.wrong
	}
	return root, nil
}

// parse shields us from the parser: it is third-party code that meets whatever
// somebody uploads, and a panic there must be a refusal, not an outage.
func parse(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("not understood: %v", r)
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // duplicates are found below, with both places
}

func only(file *ast.File) (ast.Node, *fault.Field) {
	var found ast.Node
	for _, doc := range file.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if found != nil {
			return nil, problemAt(start(doc.Body), "yaml_many_documents")
		}
		found = doc.Body
	}
	if found == nil {
		return nil, problem(1, 1, "yaml_empty")
	}
	return found, nil
}

// readable checks what must hold before anything is parsed: size, UTF-8, and no
// characters that an editor would not show.
func readable(src []byte) *fault.Field {
	line, column := 1, 1
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case i >= MaxBytes:
			return problem(line, column, "yaml_too_large", "limit_kib", MaxBytes>>10)
		case r == utf8.RuneError && size == 1:
			return problem(line, column, "yaml_not_utf8")
		case r == '\n':
			line, column = line+1, 0
		case r == '\r' && i+1 < len(src) && src[i+1] == '\n':
		case r != '\t' && (r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff):
			return problem(line, column, "yaml_control_character", "character", fmt.Sprintf("U+%04X", r))
		}
		i += size
		column++
	}
	return nil
}

// plain refuses the parts of YAML that this package does not take, and nesting
// that would make the recursive parser work hard, before it runs.
func plain(tokens token.Tokens) *fault.Field {
	flow, columns := 0, []int{}
	for i, t := range tokens {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType, token.DirectiveType, token.MappingKeyType:
			return problemAt(t, "yaml_feature", "feature", t.Value)
		case token.MappingStartType, token.SequenceStartType:
			flow++
		case token.MappingEndType, token.SequenceEndType:
			flow--
		case token.SequenceEntryType:
			columns = nest(columns, t.Position.Column)
		case token.MappingValueType:
			if i > 0 && flow == 0 {
				columns = nest(columns, tokens[i-1].Position.Column)
			}
		}
		if flow+len(columns) > 2*maxDepth { // generous: the exact count is taken on the tree
			return problemAt(t, "yaml_depth", "limit", maxDepth)
		}
	}
	return nil
}

// nest keeps the columns of the open block collections, outermost first.
func nest(columns []int, column int) []int {
	for len(columns) > 0 && columns[len(columns)-1] >= column {
		columns = columns[:len(columns)-1]
	}
	return append(columns, column)
}

func syntax(err error) fault.Field {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return *problemAt(at.GetToken(), "yaml_syntax", "reason", at.GetMessage())
	}
	return *problem(1, 1, "yaml_syntax", "reason", err.Error())
}

func problem(line, column int, code string, args ...any) *fault.Field {
	return &fault.Field{Path: Where(line, column), Code: code, Args: fault.Pairs(args...)}
}

func problemAt(t *token.Token, code string, args ...any) *fault.Field {
	if t == nil || t.Position == nil {
		return problem(1, 1, code, args...)
	}
	return problem(max(t.Position.Line, 1), max(t.Position.Column, 1), code, args...)
}

func split(src []byte) [][]rune {
	var lines [][]rune
	for line := range bytes.SplitSeq(src, []byte("\n")) {
		lines = append(lines, []rune(string(line)))
	}
	return lines
}
