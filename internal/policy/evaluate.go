package policy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"github.com/signoff-id/signoff/internal/fault"
)

// Result is one condition's answer for one account.
type Result struct {
	Code    string
	Met     bool
	Text    Text // Met's text or the reason, filled in
	Resolve string
}

// Evaluate answers every condition, in the policy's order. What cannot be
// evaluated is the fault policy_evaluation_failed (internal), never "met":
// nobody's account is closed by an error in an expression.
func (p *Policy) Evaluate(ctx context.Context, f Facts) ([]Result, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	variables := f.variables()
	results := make([]Result, 0, len(p.Conditions))
	for i := range p.Conditions {
		r, err := p.Conditions[i].evaluate(ctx, variables)
		if err != nil {
			return nil, fault.New(fault.Internal, "policy_evaluation_failed", "policy", p.Name, "condition", p.Conditions[i].Code).Because(err)
		}
		results = append(results, r)
	}
	return results, nil
}

func (c *Condition) evaluate(ctx context.Context, variables map[string]any) (Result, error) {
	value, err := run(ctx, c.holds, variables, reflect.TypeFor[bool]())
	if err != nil {
		return Result{}, err
	}
	r := Result{Code: c.Code, Met: value.(bool), Text: maps.Clone(c.Met), Resolve: c.Resolve}
	if r.Met {
		return r, nil
	}
	args := map[string]any{}
	for _, name := range c.Text.names() { // only what is shown is worked out
		if args[name], err = run(ctx, c.args[name], variables, nil); err != nil {
			return Result{}, fmt.Errorf("args.%s: %w", name, err)
		}
	}
	r.Text = c.Text.fill(args)
	return r, nil
}

// run evaluates a program and gives its answer as a Go value: of the wanted
// type, or without one as int64, string or []string.
func run(ctx context.Context, program cel.Program, variables map[string]any, want reflect.Type) (any, error) {
	if program == nil {
		return nil, errors.New("not compiled: policies come from Parse")
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	value, _, err := program.ContextEval(ctx, variables)
	if err != nil {
		return nil, errors.Join(err, ctx.Err())
	}
	if want == nil {
		switch value.Type() {
		case types.IntType:
			want = reflect.TypeFor[int64]()
		case types.StringType:
			want = reflect.TypeFor[string]()
		default:
			want = reflect.TypeFor[[]string]()
		}
	}
	out, err := value.ConvertToNative(want)
	if err != nil {
		return nil, fmt.Errorf("an answer of an unexpected type: %w", err)
	}
	return out, nil
}
