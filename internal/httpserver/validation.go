package httpserver

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/signoff-id/signoff/internal/fault"
)

// humaFault makes a fault of what huma refuses, or of what an operation failed
// with. Values that a caller sent are never repeated: they may be personal.
func humaFault(s *Site, status int, msg string, errs []error) error {
	if len(errs) == 1 {
		if _, isDetail := errors.AsType[*huma.ErrorDetail](errs[0]); !isDetail && status == http.StatusInternalServerError {
			return errs[0] // from an operation
		}
	}
	switch {
	case status == http.StatusBadRequest && len(errs) == 0 && msg == "request body is required":
		return fault.New(fault.Invalid, "body_required")
	case status == http.StatusBadRequest:
		return notJSON(errs)
	case status != http.StatusUnprocessableEntity:
		return faultOfStatus(s, status)
	}
	e := fault.New(fault.Invalid, "validation_failed", "count", len(errs))
	for _, err := range errs {
		detail, isDetail := errors.AsType[*huma.ErrorDetail](err)
		own, isFault := errors.AsType[*fault.Error](err)
		switch {
		case isDetail:
			e.Fields = append(e.Fields, fieldOf(detail))
		case isFault && len(own.Fields) > 0: // from a resolver
			e.Fields = append(e.Fields, own.Fields...)
		case isFault && len(errs) == 1:
			return own
		default:
			e.Fields = append(e.Fields, fault.Field{Path: "body", Code: fault.Of(err).Code})
		}
	}
	e.Args = fault.Pairs("count", len(e.Fields))
	return e
}

// notJSON says where a body stops being JSON. huma keeps the body as the
// detail's value, so that the place can be found again.
func notJSON(errs []error) error {
	for _, err := range errs {
		detail, ok := errors.AsType[*huma.ErrorDetail](err)
		if !ok {
			continue
		}
		body, ok := detail.Value.(string)
		if !ok || detail.Location != "body" {
			continue
		}
		line, column := 1, 1
		var anything any
		if syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal([]byte(body), &anything)); ok {
			before := body[:max(0, min(int(syntax.Offset)-1, len(body)))]
			line += strings.Count(before, "\n")
			column = len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
		}
		return fault.New(fault.Invalid, "body_not_json", "line", line, "column", column)
	}
	return fault.New(fault.Invalid, "bad_request")
}

// rule turns one of huma's messages into a code. A message's placeholders are
// the code's arguments, in order.
type rule struct {
	message  string // as in huma's validation package, with its fmt verbs
	code     string
	args     []string       // names for the placeholders; "" drops one
	fixed    map[string]any // arguments that the message implies
	property bool           // the first placeholder is a property below the path
}

// rules lists huma's messages, by its own variables where it has them, so that
// a new wording there cannot part from ours.
func rules() []rule {
	wrong := func(message, expected string) rule {
		return rule{message: message, code: "wrong_type", fixed: fault.Pairs("expected", words(expected))}
	}
	format := func(message, name string) rule {
		return rule{message: message, code: "wrong_format", args: []string{""}, fixed: fault.Pairs("format", name)}
	}
	return []rule{
		{message: validation.MsgExpectedRequiredProperty, code: "required", property: true},
		{message: validation.MsgExpectedDependentRequiredProperty, code: "required_with", property: true, args: []string{"", "other"}},
		{message: validation.MsgExpectedPropertyNameInObject, code: "required"},
		{message: "required path parameter is missing", code: "required"},
		{message: "required query parameter is missing", code: "required"},
		{message: "required header parameter is missing", code: "required"},
		{message: "required cookie parameter is missing", code: "required"},
		{message: "required form parameter is missing", code: "required"},
		{message: validation.MsgUnexpectedProperty, code: "unknown_field"},
		{message: "unknown query parameter", code: "unknown_parameter"},
		{message: "expected at most one value, but received multiple values", code: "only_one_value"},
		wrong(validation.MsgExpectedString, "string"),
		wrong(validation.MsgExpectedInteger, "integer"),
		wrong("invalid integer", "integer"),
		wrong(validation.MsgExpectedNumber, "number"),
		wrong("invalid float", "number"),
		wrong("invalid floating value", "number"),
		wrong(validation.MsgExpectedBoolean, "boolean"),
		wrong("invalid boolean", "boolean"),
		wrong(validation.MsgExpectedArray, "array"),
		wrong(validation.MsgExpectedObject, "object"),
		format(validation.MsgExpectedRFC3339DateTime, "RFC 3339 date-time"),
		format(validation.MsgExpectedRFC1123DateTime, "RFC 1123 date-time"),
		format(validation.MsgExpectedRFC3339Date, "RFC 3339 date"),
		format(validation.MsgExpectedRFC3339Time, "RFC 3339 time"),
		format("invalid date/time for format %s", "RFC 3339 date-time"),
		format(validation.MsgExpectedRFC5322Email, "RFC 5322 e-mail"),
		format(validation.MsgExpectedRFC5890Hostname, "RFC 5890 hostname"),
		format(validation.MsgExpectedRFC2673IPv4, "IPv4"),
		format(validation.MsgExpectedRFC2373IPv6, "IPv6"),
		format(validation.MsgExpectedRFCIPAddr, "IP"),
		format(validation.MsgExpectedRFC3986URI, "RFC 3986 URI"),
		format("invalid url.URL value", "RFC 3986 URI"),
		format(validation.MsgExpectedRFC4122UUID, "UUID"),
		format(validation.MsgExpectedRFC6570URITemplate, "RFC 6570 URI template"),
		format(validation.MsgExpectedRFC6901JSONPointer, "RFC 6901 JSON Pointer"),
		format(validation.MsgExpectedRFC6901RelativeJSONPointer, "relative JSON Pointer"),
		format(validation.MsgExpectedRegexp, "RE2"),
		format(validation.MsgExpectedDuration, "1h30m"),
		format(validation.MsgExpectedBase64String, "Base64"),
		{message: validation.MsgExpectedOneOf, code: "not_in_list", args: []string{"allowed"}},
		{message: validation.MsgExpectedMinimumNumber, code: "too_small", args: []string{"min"}},
		{message: validation.MsgExpectedExclusiveMinimumNumber, code: "not_above", args: []string{"min"}},
		{message: validation.MsgExpectedMaximumNumber, code: "too_big", args: []string{"max"}},
		{message: validation.MsgExpectedExclusiveMaximumNumber, code: "not_below", args: []string{"max"}},
		{message: validation.MsgExpectedNumberBeMultipleOf, code: "not_a_multiple", args: []string{"of"}},
		{message: validation.MsgExpectedMinLength, code: "too_short", args: []string{"min"}},
		{message: validation.MsgExpectedMaxLength, code: "too_long", args: []string{"max"}},
		{message: validation.MsgExpectedMatchPattern, code: "wrong_pattern", args: []string{"pattern"}},
		{message: validation.MsgExpectedMinItems, code: "too_few", args: []string{"min"}},
		{message: validation.MsgExpectedMaxItems, code: "too_many", args: []string{"max"}},
		{message: validation.MsgExpectedMinProperties, code: "too_few", args: []string{"min"}},
		{message: validation.MsgExpectedMaxProperties, code: "too_many", args: []string{"max"}},
		{message: validation.MsgExpectedArrayItemsUnique, code: "not_unique"},
		{message: validation.MsgExpectedMatchAtLeastOneSchema, code: "no_match"},
		{message: validation.MsgExpectedMatchExactlyOneSchema, code: "no_match"},
		{message: "expected value to match exactly one schema but matched multiple", code: "no_match"},
		{message: validation.MsgExpectedNotMatchSchema, code: "no_match"},
		// The loosest comes last: it would also take the others.
		{message: validation.MsgExpectedBePattern, code: "wrong_format", args: []string{"format"}},
	}
}

// compiled is a rule with its message as an expression.
type compiled struct {
	rule
	match *regexp.Regexp
}

var verbs = regexp.MustCompile(`%[a-z]`)

// compiledRules is made once: huma's messages do not change while we run.
var compiledRules = sync.OnceValue(func() []compiled {
	var out []compiled
	for _, r := range rules() {
		parts := verbs.Split(r.message, -1)
		for i := range parts {
			parts[i] = regexp.QuoteMeta(parts[i])
		}
		out = append(out, compiled{r, regexp.MustCompile(`(?s)^` + strings.Join(parts, "(.*?)") + `$`)})
	}
	return out
})

// fieldOf makes one of huma's details a field with a stable code.
func fieldOf(d *huma.ErrorDetail) fault.Field {
	path := strings.TrimPrefix(strings.TrimPrefix(d.Location, "body"), ".")
	for _, r := range compiledRules() {
		found := r.match.FindStringSubmatch(d.Message)
		if found == nil {
			continue
		}
		f := fault.Field{Path: path, Code: r.code, Args: map[string]any{}}
		for k, v := range r.fixed {
			f.Args[k] = v
		}
		for i, name := range r.args {
			if name != "" && i+1 < len(found) {
				f.Args[name] = argument(name, found[i+1])
			}
		}
		if r.property {
			f.Path = strings.TrimPrefix(path+"."+found[1], ".")
		}
		if f.Path == "" {
			f.Path = "body"
		}
		return f
	}
	return fault.Field{Path: deeper(path, d.Message), Code: "invalid_value"}
}

// argument makes a list of the allowed values, which huma joins by `", "`.
func argument(name, value string) any {
	if name == "allowed" {
		return strings.Split(value, ", ")
	}
	return value
}

var goField = regexp.MustCompile(`^json: cannot unmarshal .* into Go struct field \w*\.([\w.]+) of type`)

// deeper finds the field in a refusal of encoding/json, for what its schema let
// pass (a number too large for its type): huma only names the body.
func deeper(path, message string) string {
	if found := goField.FindStringSubmatch(message); found != nil {
		return found[1]
	}
	if path == "" {
		return "body"
	}
	return path
}
