package httpserver

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// maxTwice bounds how many places one refusal names.
const maxTwice = 20

// nesting is one object or array that a reader is inside of.
type nesting struct {
	names map[string]bool // of an object; nil for an array
	name  string          // whose value comes next, "" where a name comes next
	named bool
	index int // of an array's next value
}

// checkNames refuses JSON objects that give a name twice. Which of the two
// counts differs from one reader to the next (RFC 8259, section 4): whoever
// checked the request on its way may have read the other one. Text that is not
// JSON is for others to refuse.
func checkNames(body []byte) error {
	refusal := fault.New(fault.Invalid, "validation_failed", "count", 0)
	var inside []nesting
	in := json.NewDecoder(bytes.NewReader(body))
	in.UseNumber()
	for len(refusal.Fields) < maxTwice {
		token, err := in.Token()
		if err != nil {
			break // at the end, or where the text stops being JSON
		}
		top := len(inside) - 1
		name, isText := token.(string)
		switch {
		case token == json.Delim('}') || token == json.Delim(']'):
			inside = inside[:top]
			after(inside)
			continue
		case top >= 0 && inside[top].names != nil && !inside[top].named && isText:
			if inside[top].name, inside[top].named = name, true; inside[top].names[name] {
				refusal = refusal.At(placeOf(inside), "field_twice")
			}
			inside[top].names[name] = true
			continue
		}
		switch token {
		case json.Delim('{'):
			inside = append(inside, nesting{names: map[string]bool{}})
		case json.Delim('['):
			inside = append(inside, nesting{})
		default:
			after(inside)
		}
	}
	if len(refusal.Fields) == 0 {
		return nil
	}
	refusal.Args = fault.Pairs("count", len(refusal.Fields))
	return refusal
}

// after notes that a value has ended.
func after(inside []nesting) {
	if len(inside) == 0 {
		return
	}
	top := &inside[len(inside)-1]
	top.named, top.index = false, top.index+1
}

// placeOf writes where a reader is, as in the places of other refusals.
func placeOf(inside []nesting) string {
	var place strings.Builder
	for _, n := range inside {
		switch {
		case n.names == nil:
			place.WriteString("[" + strconv.Itoa(n.index) + "]")
		case place.Len() > 0:
			place.WriteString("." + n.name)
		default:
			place.WriteString(n.name)
		}
	}
	return place.String()
}
