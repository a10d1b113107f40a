package policy

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

//go:embed schema.json
var schema []byte

// Schema gives the JSON Schema of policies (draft 2020-12), for editors.
func Schema() []byte { return bytes.Clone(schema) }

// validate holds a document against the schema.
func validate(doc *yamldoc.Node) ([]fault.Field, error) {
	const url = "urn:signoff:policy"
	source, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return nil, fmt.Errorf("read the policy schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(url, source); err != nil {
		return nil, fmt.Errorf("add the policy schema: %w", err)
	}
	compiled, err := c.Compile(url)
	if err != nil {
		return nil, fmt.Errorf("compile the policy schema: %w", err)
	}
	var invalid *jsonschema.ValidationError
	if err := compiled.Validate(doc.Any()); errors.As(err, &invalid) {
		return schemaProblems(doc, invalid), nil
	} else if err != nil {
		return nil, fmt.Errorf("validate against the policy schema: %w", err)
	}
	return nil, nil
}

// schemaProblems turns the validator's tree into refusals with places. Only the
// leaves say something, except of a choice, whose branches would confuse, and
// of a field's name, which know no place.
func schemaProblems(doc *yamldoc.Node, e *jsonschema.ValidationError) []fault.Field {
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.PropertyNames:
		return schemaProblem(doc, e)
	}
	if len(e.Causes) == 0 {
		return schemaProblem(doc, e)
	}
	var wrong []fault.Field
	for _, cause := range e.Causes {
		wrong = append(wrong, schemaProblems(doc, cause)...)
	}
	return wrong
}

func schemaProblem(doc *yamldoc.Node, e *jsonschema.ValidationError) []fault.Field {
	n, field := doc.Find(e.InstanceLocation...), dotted(e.InstanceLocation)
	inText := strings.HasSuffix(e.SchemaURL, "/$defs/text")
	var wrong []fault.Field
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		code := "policy_field_unknown"
		if inText {
			code = "policy_language_unknown"
		}
		for _, name := range k.Properties {
			at := n
			if f, ok := n.Field(name); ok {
				at = f.Key
			}
			wrong = append(wrong, at.Problem(code, "name", name))
		}
	case *kind.Required:
		code := "policy_field_missing"
		if inText {
			code = "policy_language_missing"
		}
		for _, name := range k.Missing {
			wrong = append(wrong, n.Problem(code, "name", name, "field", field))
		}
	case *kind.DependentRequired:
		wrong = append(wrong, n.Problem("policy_field_needs", "name", k.Prop, "needs", k.Missing))
	case *kind.OneOf:
		wrong = append(wrong, n.Problem("policy_choose_one", "field", field))
	case *kind.Type:
		wrong = append(wrong, n.Problem("policy_type", "field", field, "got", k.Got, "want", k.Want))
	case *kind.Enum:
		wrong = append(wrong, n.Problem("policy_not_among", "field", field, "want", words(k.Want)))
	case *kind.Const:
		wrong = append(wrong, n.Problem("policy_not_among", "field", field, "want", words([]any{k.Want})))
	case *kind.Pattern:
		wrong = append(wrong, patternProblem(n, field, k))
	case *kind.PropertyNames:
		wrong = append(wrong, argument(doc, k.Property).Problem("policy_argument_name", "name", k.Property))
	case *kind.UniqueItems:
		wrong = append(wrong, n.Problem("policy_twice", "field", field))
	default:
		wrong = append(wrong, boundProblem(n, field, e.ErrorKind))
	}
	return wrong
}

// argument finds where a condition names an argument so: of a refused name the
// validator does not say the place.
func argument(doc *yamldoc.Node, name string) *yamldoc.Node {
	for _, condition := range doc.Find("conditions").Items {
		if f, ok := condition.Find("args").Field(name); ok {
			return f.Key
		}
	}
	return doc.Find("conditions")
}

func patternProblem(n *yamldoc.Node, field string, k *kind.Pattern) fault.Field {
	switch {
	case k.Want == `\S`:
		return n.Problem("policy_blank", "field", field)
	case strings.HasSuffix(k.Want, "[smhd]$"):
		return n.Problem("policy_duration", "field", field)
	case strings.HasPrefix(k.Want, "^/"):
		return n.Problem("policy_link", "field", field)
	default:
		return n.Problem("policy_pattern", "field", field, "pattern", k.Want)
	}
}

// boundProblem covers sizes; what the schema may use one day falls through to
// the validator's own words.
func boundProblem(n *yamldoc.Node, field string, k jsonschema.ErrorKind) fault.Field {
	least := func(limit any) fault.Field { return n.Problem("policy_too_small", "field", field, "limit", limit) }
	most := func(limit any) fault.Field { return n.Problem("policy_too_big", "field", field, "limit", limit) }
	switch k := k.(type) {
	case *kind.MinItems:
		return least(k.Want)
	case *kind.MaxItems:
		return most(k.Want)
	case *kind.MaxLength:
		return most(k.Want)
	case *kind.MaxProperties:
		return most(k.Want)
	case *kind.Minimum:
		return least(whole(k.Want))
	case *kind.Maximum:
		return most(whole(k.Want))
	default:
		return n.Problem("policy_schema", "field", field, "rule", strings.Join(k.KeywordPath(), "/"))
	}
}

func whole(r *big.Rat) string { return r.RatString() }

func words(values []any) []string {
	var out []string
	for _, v := range values {
		out = append(out, fmt.Sprint(v))
	}
	slices.Sort(out)
	return out
}

// dotted writes a location as people do: conditions[2].text.
func dotted(steps []string) string {
	var b strings.Builder
	for _, step := range steps {
		switch {
		case step != "" && strings.Trim(step, "0123456789") == "":
			b.WriteString("[" + step + "]")
		case b.Len() > 0:
			b.WriteString("." + step)
		default:
			b.WriteString(step)
		}
	}
	return b.String()
}
