package policy

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/env"
	"cel.dev/cel-go/ext"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

const (
	// maxCost bounds one expression's evaluation in CEL's cost units, about one
	// for each step: some thousand memberships fit, a loop in a loop over them
	// does not.
	maxCost = 200_000
	// maxNesting bounds an expression's own depth, maxLoops that of its loops.
	maxNesting = 32
	maxLoops   = 2
)

// functions lists what expressions may call. What depends on time is left out:
// a condition that changes by waiting could not be shown as met or not. So are
// regular expressions and conversions, which no fact needs.
func functions() []string {
	return []string{
		"_?_:_", "_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_",
		"_+_", "_-_", "_*_", "_/_", "_%_", "-_", "_[_]", "@in", "@not_strictly_false", "__not_strictly_false__",
		"size", "contains", "startsWith", "endsWith",
	}
}

// compiler turns expressions into programs over the typed facts.
type compiler struct{ env *cel.Env }

func newCompiler() (*compiler, error) {
	subset := env.NewLibrarySubset()
	for _, name := range functions() {
		subset.AddIncludedFunctions(env.NewFunction(name))
	}
	options := []cel.EnvOption{
		cel.StdLib(cel.StdLibSubset(subset)),
		cel.ParserRecursionLimit(maxNesting),
		cel.ParserErrorRecoveryLimit(1),
		cel.ASTValidators(cel.ValidateComprehensionNestingLimit(maxLoops), cel.ValidateHomogeneousAggregateLiterals()),
		ext.NativeTypes(reflect.TypeFor[Organisation](), reflect.TypeFor[Arrear](), ext.ParseStructTags(true)),
	}
	for _, f := range facts() {
		if !strings.Contains(f.name, "[]") {
			options = append(options, cel.Variable(f.name, f.kind))
		}
	}
	e, err := cel.NewCustomEnv(options...)
	if err != nil {
		return nil, fmt.Errorf("make the environment of conditions: %w", err)
	}
	return &compiler{env: e}, nil
}

// compile makes a program of the expression at n, whose answer must have one of
// the wanted types. Refusals point into the expression.
func (c *compiler) compile(n *yamldoc.Node, want ...*cel.Type) (cel.Program, []fault.Field) {
	checked, issues := c.env.Compile(n.Text())
	if issues.Err() != nil {
		var wrong []fault.Field
		for _, e := range issues.Errors() {
			wrong = append(wrong, issue(n, e.Location.Line(), e.Location.Column(), e.Message))
			if strings.HasPrefix(e.Message, "Syntax error") {
				break // what the parser says after the first one is guesswork
			}
		}
		return nil, wrong
	}
	if !isOne(checked.OutputType(), want) {
		return nil, []fault.Field{n.Problem("policy_cel_type", "got", checked.OutputType().String(), "want", typeNames(want))}
	}
	if wrong := unknownValues(n, checked); wrong != nil {
		return nil, wrong
	}
	program, err := c.env.Program(checked, cel.CostLimit(maxCost), cel.InterruptCheckFrequency(100), cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, []fault.Field{n.Problem("policy_cel", "reason", err.Error())}
	}
	return program, nil
}

// issue translates one of CEL's complaints. Its lines count from 1 and its
// columns from 0.
func issue(n *yamldoc.Node, line, column int, message string) fault.Field {
	offset := offsetOf(n.Text(), line, column)
	if m := regexp.MustCompile(`^undeclared reference to '([^']*)'`).FindStringSubmatch(message); m != nil {
		if strings.HasSuffix(string([]rune(n.Text())[:offset]), m[1]) {
			offset -= len([]rune(m[1])) // of a call CEL gives the bracket; a reader looks at the name
		}
		return problemAt(n, offset, "policy_fact_unknown", "name", m[1], "known", factNames())
	}
	if m := regexp.MustCompile(`^undefined field '([^']*)'`).FindStringSubmatch(message); m != nil {
		return problemAt(n, offset, "policy_fact_unknown", "name", m[1], "known", factNames())
	}
	message, _, _ = strings.Cut(message, " expecting {") // the parser's list of all tokens helps nobody
	return problemAt(n, offset, "policy_cel", "reason", message)
}

func problemAt(n *yamldoc.Node, offset int, code string, args ...any) fault.Field {
	return fault.Field{Path: yamldoc.Where(n.Locate(offset)), Code: code, Args: fault.Pairs(args...)}
}

// offsetOf turns CEL's line and column into an offset, all in characters.
func offsetOf(text string, line, column int) int {
	offset := column
	for i, l := range strings.SplitAfter(text, "\n") {
		if i+1 >= line {
			break
		}
		offset += len([]rune(l))
	}
	return min(max(offset, 0), len([]rune(text)))
}

func factNames() []string {
	var names []string
	for _, f := range facts() {
		names = append(names, f.name)
	}
	return names
}

func isOne(got *cel.Type, want []*cel.Type) bool {
	for _, w := range want {
		if got.IsExactType(w) {
			return true
		}
	}
	return false
}

func typeNames(list []*cel.Type) []string {
	var names []string
	for _, t := range list {
		names = append(names, t.String())
	}
	return names
}
