package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract is the OpenAPI document as a client takes it: what every operation
// is given and answers.
type contract struct {
	raw        any // as the schema library reads it
	operations []operation
	compiler   *jsonschema.Compiler
	mu         sync.Mutex
	schemas    map[string]*jsonschema.Schema // by their place in the document
}

// operation is one entry of the document's paths.
type operation struct {
	ID          string `json:"operationId"`
	Access      string `json:"x-access"`
	Parameters  []parameter
	RequestBody *struct {
		Content map[string]struct {
			Schema map[string]any
		}
	}
	Responses map[string]struct {
		Content map[string]any
		Codes   []string `json:"x-problem-codes"`
	}
	Security     []map[string][]string
	method, path string
}

type parameter struct {
	Name, In string
	Required bool
	Schema   map[string]any
}

var theContract struct {
	once sync.Once
	*contract
}

// contractOf gives the document, which is the same in every installation.
func contractOf(s *stage) *contract {
	theContract.once.Do(func() { theContract.contract = newContract(s.T, documentOf(s)) })
	return theContract.contract
}

func documentOf(s *stage) []byte {
	w := httptest.NewRecorder()
	s.App.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/openapi.json", http.NoBody))
	return w.Body.Bytes()
}

func newContract(t testing.TB, document []byte) *contract {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]operation
	}
	if err := json.Unmarshal(document, &doc); err != nil {
		t.Fatal(err)
	}
	c := &contract{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	var err error
	if c.raw, err = jsonschema.UnmarshalJSON(bytes.NewReader(document)); err != nil {
		t.Fatal(err)
	}
	c.compiler.AssertFormat()
	if err := c.compiler.AddResource("urn:document", c.raw); err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(doc.Paths[path])) {
			op := doc.Paths[path][method]
			op.method, op.path = strings.ToUpper(method), path
			c.operations = append(c.operations, op)
		}
	}
	return c
}

// find gives the operation that a request is for, the one with the fewest
// parameters in its path where several fit.
func (c *contract) find(method, path string) *operation {
	var best *operation
	for i := range c.operations {
		op := &c.operations[i]
		if op.method == method && fits(op.path, path) && (best == nil || strings.Count(op.path, "{") < strings.Count(best.path, "{")) {
			best = op
		}
	}
	return best
}

func fits(template, path string) bool {
	t, p := strings.Split(template, "/"), strings.Split(path, "/")
	return len(t) == len(p) && !slices.ContainsFunc(indices(t), func(i int) bool { return !strings.HasPrefix(t[i], "{") && t[i] != p[i] })
}

func indices(s []string) []int { return slices.Collect(maps.Keys(maps.Collect(slices.All(s)))) }

// hold reads an answer and reports whatever the document does not promise: its
// status, its problem code, the shape of its body.
func (c *contract) hold(t testing.TB, r *http.Request, res *http.Response) error {
	op := c.find(r.Method, r.URL.EscapedPath())
	if op == nil || res.StatusCode == http.StatusMethodNotAllowed {
		return nil
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if err := res.Body.Close(); err != nil {
		return err
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	status := strconv.Itoa(res.StatusCode)
	if _, declared := op.Responses[status]; !declared {
		if res.StatusCode < 400 {
			t.Errorf("%s answers %s, which it does not declare", op.ID, res.Status)
			return nil
		}
		status = "default"
	}
	media, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	if len(body) == 0 && len(op.Responses[status].Content) == 0 {
		return nil
	}
	if _, declared := op.Responses[status].Content[media]; !declared {
		t.Errorf("%s answers %s as %q, which it does not declare", op.ID, res.Status, media)
		return nil
	}
	if media == "application/problem+json" || media == "application/json" && !op.file() {
		c.shape(t, op, status, media, body)
	}
	return nil
}

// file says whether the operation gives a file byte by byte.
func (op *operation) file() bool {
	return strings.Contains(op.ID, "certificate") && op.method == http.MethodGet
}

func (c *contract) shape(t testing.TB, op *operation, status, media string, body []byte) {
	schema, err := c.schema("/paths", op.path, strings.ToLower(op.method), "responses", status, "content", media, "schema")
	if err != nil {
		t.Errorf("%s: the schema of %s: %v", op.ID, status, err)
		return
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%s answers %s with another shape than it declares: %v\n%s", op.ID, status, err, body)
	}
}

// schema compiles the schema at a place of the document, once.
func (c *contract) schema(place ...string) (*jsonschema.Schema, error) {
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	at := place[0]
	for _, step := range place[1:] {
		at += "/" + escape.Replace(step)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s, ok := c.schemas[at]; ok {
		return s, nil
	}
	s, err := c.compiler.Compile("urn:document#" + (&url.URL{Path: at}).EscapedPath())
	if err == nil {
		c.schemas[at] = s
	}
	return s, err
}
