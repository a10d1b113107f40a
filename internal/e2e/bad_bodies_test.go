package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestBadInput(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "bad bodies are refused and change nothing", badBodiesAreRefusedAndChangeNothing)
		s.run(t, "bad addresses are refused and change nothing", badAddressesAreRefusedAndChangeNothing)
		s.run(t, "bad questions are refused", badQuestionsAreRefused)
	})
}

const nobody = "01900000-0000-7000-8000-000000000000"

// answer is what came back to a request that no client would send.
type answer struct {
	status int
	client.Problem
	header http.Header
}

// send sends a request as it is.
func (s *stage) send(method, path, token, media string, body []byte) answer {
	s.T.Helper()
	r, err := http.NewRequestWithContext(s.T.Context(), method, "http://signoff.test"+path, bytes.NewReader(body))
	s.Must(err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	res, err := s.RoundTrip(r)
	s.Must(err)
	defer res.Body.Close()
	out := answer{status: res.StatusCode, header: res.Header}
	text, err := io.ReadAll(res.Body)
	s.Must(err)
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/problem+json") {
		s.Must(json.Unmarshal(text, &out.Problem))
	}
	return out
}

// withBodies gives the operations that take JSON of a shape.
func withBodies(s *stage) (all []operation) {
	for _, op := range contractOf(s).operations {
		if op.RequestBody != nil && op.RequestBody.Content["application/json"].Schema != nil && op.RequestBody.Content["application/json"].Schema["$ref"] != nil {
			all = append(all, op)
		}
	}
	return all
}

// filled is an operation's path with an id of nothing in every place.
func (op operation) filled(id string) string {
	path := op.path
	for _, p := range op.Parameters {
		if p.In == "path" {
			value := id
			if allowed, ok := p.Schema["enum"].([]any); ok && id == nobody {
				value, _ = allowed[0].(string)
			}
			path = strings.ReplaceAll(path, "{"+p.Name+"}", value)
		}
	}
	return path
}

// bodyOf makes a body of the shape that an operation takes, with every property.
func (c *contract) bodyOf(op operation) map[string]any {
	made, _ := c.example(op.RequestBody.Content["application/json"].Schema).(map[string]any)
	return made
}

// free are the properties of an operation's body that may be anything in JSON.
func (c *contract) free(op operation) (names []string) {
	schema := op.RequestBody.Content["application/json"].Schema
	if ref, ok := schema["$ref"].(string); ok {
		schema = c.resolve(ref)
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, property := range properties {
		p := property.(map[string]any)
		if p["$ref"] == nil && (p["type"] == nil || p["type"] == "object" && p["properties"] == nil) {
			names = append(names, name)
		}
	}
	return names
}

func (c *contract) example(schema map[string]any) any {
	if ref, ok := schema["$ref"].(string); ok {
		return c.example(c.resolve(ref))
	}
	if allowed, ok := schema["enum"].([]any); ok {
		return allowed[0]
	}
	kind := schema["type"]
	if several, ok := kind.([]any); ok {
		kind = several[0]
	}
	switch kind {
	case "object":
		made := map[string]any{}
		properties, _ := schema["properties"].(map[string]any)
		for name, property := range properties {
			made[name] = c.example(property.(map[string]any))
		}
		return made
	case "array":
		return []any{c.example(schema["items"].(map[string]any))}
	case "integer", "number":
		return 1
	case "boolean":
		return false
	default:
		return "made up"
	}
}

func (c *contract) resolve(ref string) map[string]any {
	at := c.raw
	for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		at = at.(map[string]any)[step]
	}
	return at.(map[string]any)
}

// token gives who may call an operation: a bad body must be refused because it
// is bad.
func (s *stage) tokenFor(op operation) string {
	if op.Access == "private link" {
		return ""
	}
	if slices.Contains([]string{"approve-closure", "reject-closure"}, op.ID) {
		return s.reviewer.Token()
	}
	return s.operator.Token()
}

// Whatever is wrong with a body, every operation that takes one says so, and
// nothing is kept of it.
func badBodiesAreRefusedAndChangeNothing(t *testing.T, s *stage) {
	c := contractOf(s)
	s.settle()
	before := s.dump()
	operations := withBodies(s)
	if len(operations) < 15 {
		t.Fatalf("only %d operations take a body", len(operations))
	}
	for _, op := range operations {
		good := c.bodyOf(op)
		for what, bad := range s.badBodies(t, good, c.free(op)) {
			got := s.send(op.method, op.filled(nobody), s.tokenFor(op), "application/json", bad.body)
			if !slices.Contains(bad.codes, got.Code) || got.status >= 500 || got.status < 400 {
				t.Errorf("%s with %s: %d %s %v, want %v", op.ID, what, got.status, got.Code, got.Errors, bad.codes)
			}
			if bad.path != "" && !slices.ContainsFunc(got.Errors, func(f client.FieldProblem) bool { return strings.HasPrefix(f.Path, bad.path) }) {
				t.Errorf("%s with %s: the place %s is not named: %+v", op.ID, what, bad.path, got.Errors)
			}
		}
		if got := s.send(op.method, op.filled(nobody), s.tokenFor(op), "text/plain", mustJSON(good)); got.status != http.StatusUnsupportedMediaType || got.Code != "unsupported_media_type" {
			t.Errorf("%s as text/plain: %d %s", op.ID, got.status, got.Code)
		}
	}
	s.mustBe(before)
}

type badBody struct {
	body  []byte
	codes []string
	path  string
}

func mustJSON(v any) []byte {
	text, _ := json.Marshal(v)
	return text
}

// badBodies spoils a good body in every way.
func (s *stage) badBodies(t *testing.T, good map[string]any, free []string) map[string]badBody {
	t.Helper()
	invalid := []string{"validation_failed"}
	more := maps.Clone(good)
	more["surprise"] = true
	all := map[string]badBody{
		"an unknown field": {mustJSON(more), invalid, "surprise"},
		"nothing":          {nil, []string{"body_required"}, ""},
		"spaces":           {[]byte("  \n"), []string{"body_required", "body_not_json"}, ""},
		"half of it":       {mustJSON(good)[:5], []string{"body_not_json"}, ""},
		"a list":           {[]byte("[]"), invalid, ""},
		"null":             {[]byte("null"), append(invalid, "body_required"), ""},
		"a word":           {[]byte(`"x"`), invalid, ""},
		"two at once":      {append(mustJSON(good), mustJSON(good)...), []string{"body_not_json"}, ""},
		"half a character": {[]byte("{\"a\": \"\xe4\xbd\"}"), []string{"invalid_utf8"}, ""},
		"a lone surrogate": {[]byte(`{"surprise": "\ud800"}`), append(invalid, "invalid_utf8"), ""},
		"NUL":              {[]byte(`{"surprise": "a\u0000b"}`), []string{"nul_character"}, ""},
		"NUL as a byte":    {[]byte("{\"surprise\": \"a\x00b\"}"), []string{"nul_character", "body_not_json"}, ""},
		"depth":            {[]byte(`{"surprise": ` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}"), append(invalid, "body_not_json", "bad_request"), ""},
		"a megabyte more":  {[]byte(`{"surprise": "` + strings.Repeat("x", 2<<20) + `"}`), []string{"body_too_large"}, ""},
	}
	for name, value := range good {
		if slices.Contains(free, name) {
			continue
		}
		other := maps.Clone(good)
		other[name] = map[string]any{"of": "another type"}
		all["another type of "+name] = badBody{mustJSON(other), invalid, name}
		if _, isText := value.(string); isText {
			long := maps.Clone(good)
			long[name] = strings.Repeat("长", 20_000)
			all["too much "+name] = badBody{mustJSON(long), append([]string{"audit_checkpoint_malformed", "account_not_found"}, invalid...), ""}
		}
		twice := mustJSON(good)
		twice = append([]byte(`{"`+name+`": `+string(mustJSON(value))+","), twice[1:]...)
		all["twice "+name] = badBody{twice, invalid, name}
	}
	return all
}
